// SQLite's result codes: https://sqlite.org/rescode.html
const PRIMARY = 0xff;
const BUSY = 5;
const LOCKED = 6;
const NO_MEMORY = 7;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

/** Whether the same statement may succeed later: the disk is full or ails, memory is short, or another process writes. */
export function isPassing(error: unknown): boolean {
  return [BUSY, LOCKED, NO_MEMORY, IO_ERROR, FULL].includes(codeOf(error));
}

export function isBusy(error: unknown): boolean {
  return [BUSY, LOCKED].includes(codeOf(error));
}

/** Whether the file holds something else than a whole database. */
export function isDamage(error: unknown): boolean {
  return [CORRUPT, NOT_A_DATABASE].includes(codeOf(error));
}

/** SQLite's primary result code; 0 for an error of another kind. */
function codeOf(error: unknown): number {
  return ((error as { readonly sqliteCode?: number } | undefined)?.sqliteCode ?? 0) & PRIMARY;
}
