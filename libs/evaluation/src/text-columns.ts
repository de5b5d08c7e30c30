/** Characters that take two columns of a terminal: Hangul, CJK and full-width forms (Unicode Standard Annex 11, classes W and F). */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/g;

/** How many columns a line of Korean or Latin text takes in a terminal. */
export function columns(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

/** `text` followed by spaces up to `width` columns. */
export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** `text` preceded by spaces up to `width` columns. */
export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columns(text))) + text;
}

/** Rows as a table: the first column to the left, the others to the right, two spaces between. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => columns(row[column]))));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? padRight(cell, widths[i]) : padLeft(cell, widths[i]))).join('  ').trimEnd());
}
