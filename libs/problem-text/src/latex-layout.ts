const OPEN = /\\begin\s*\{(array|tabular|aligned|align|alignedat|split|gathered|matrix|pmatrix|bmatrix|cases)\*?\}(?:\s*\{[^{}]*\})?/g;
const GAP = /(?:&|\\q?quad(?![A-Za-z])|\\[,;:! ]|~|\s)+/;
const RULES = /\\hline|\\cline\s*\{[^{}]*\}/g;
const SINGLE_DIGIT = /^[\d□]$/;

/**
 * LaTeX arrays and alignments as plain lines. The digits of a written sum (세로셈) stand in columns of their own; the digits of
 * a row become one number: `3 & 6 \\ + & 4 & 1` reads `36` over `+ 41`.
 */
export function layoutToLines(text: string): string {
  if (!text.includes('\\begin')) return text;
  let result = '';
  let from = 0;
  const closings = new Map<string, number>();
  for (const open of text.matchAll(OPEN)) {
    if (open.index < from) continue;
    const bodyStart = open.index + open[0].length;
    const close = closingOf(open[1], bodyStart);
    if (close < 0) continue;
    result += `${text.slice(from, open.index)}\n${rows(text.slice(bodyStart, close))}\n`;
    from = text.indexOf('}', close) + 1;
  }
  return result + text.slice(from);

  function closingOf(name: string, start: number): number {
    const plain = next(`\\end{${name}}`, start);
    const starred = next(`\\end{${name}*}`, start);
    return plain < 0 || (starred >= 0 && starred < plain) ? starred : plain;
  }

  /** Where a closing stands next, -1 for nowhere; remembered, so that no part of the text is searched twice. */
  function next(closing: string, start: number): number {
    const known = closings.get(closing);
    if (known !== undefined && (known < 0 || known >= start)) return known;
    const at = text.indexOf(closing, start);
    closings.set(closing, at);
    return at;
  }
}

function rows(body: string): string {
  return body
    .replace(RULES, ' ')
    .split(/\\\\/)
    .map((row) => glueDigits(row.split(GAP).filter((cell) => cell !== '')))
    .filter((line) => line !== '')
    .join('\n');
}

function glueDigits(cells: readonly string[]): string {
  let line = '';
  cells.forEach((cell, i) => {
    const continuesNumber = i > 0 && SINGLE_DIGIT.test(cell) && SINGLE_DIGIT.test(cells[i - 1]);
    line += continuesNumber || line === '' ? cell : ` ${cell}`;
  });
  return line;
}
