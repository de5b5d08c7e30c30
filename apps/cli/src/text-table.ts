/** Characters that take two columns of a terminal: Hangul, CJK and full-width forms (Unicode Standard Annex 11, classes W and F). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/g;

/** Rows as aligned lines, the first being the head; columns of numbers are set to the right. */
export function textTable(rows: readonly (readonly (string | number)[])[]): string[] {
  const columns = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => columns(String(row[i])))));
  const isNumeric = rows[0].map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const [text, space] = [String(cell), ' '.repeat(widths[i] - columns(String(cell)))];
        return isNumeric[i] ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
}
