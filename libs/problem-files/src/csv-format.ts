import { type Cell } from './result-writer.js';

/** Without it Korean Excel takes a UTF-8 file for CP949. */
export const UTF8_MARK = '\uFEFF';

/** One row of RFC 4180 with its line end. */
export function csvRow(cells: readonly Cell[], delimiter = ','): string {
  return `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
}

/** A number by itself is no formula and stays as it is. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/**
 * A text that a spreadsheet would run as a formula (`=HYPERLINK(…)`, and also `-3+5=□`, of which it would make 2) gets a leading
 * apostrophe, which spreadsheets understand as "this is text" and our own reader takes away again. `-3` and `+1.5` are not touched.
 */
function csvCell(cell: Cell, delimiter: string): string {
  if (cell === null || cell === undefined) return '';
  const text = String(cell);
  const guarded = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(guarded) || guarded.includes(delimiter) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
