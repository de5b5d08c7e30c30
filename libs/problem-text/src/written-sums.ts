const SPACED_DIGITS = /^(?:[\d□] +)+[\d□]$/;
const OPERATORS = '+-×x÷';

/** Written sums (세로셈) as one line: `  3 6` over `+ 4 1` reads `36 + 41`. */
export function joinWrittenSums(text: string): string {
  const lines = text.includes(' ') ? text.split('\n').map(joinRow).join('\n') : text;
  return lines.replace(/(\d) *\n *([+\-×]) +(?=[\d□])/g, '$1 $2 ');
}

/** A line of single digits with gaps, an operator before it or not, is one number. */
function joinRow(line: string): string {
  const row = trimSpaces(line);
  const operator = OPERATORS.includes(row.charAt(0)) ? row.charAt(0) : '';
  const digits = trimSpaces(row.slice(operator.length));
  if (!SPACED_DIGITS.test(digits)) return line;
  return (operator === '' ? '' : `${operator} `) + digits.replaceAll(' ', '');
}

/** Only blanks, and in linear time (a pattern ` +$` tries again at every blank of a long run). */
function trimSpaces(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && line[from] === ' ') from++;
  while (to > from && line[to - 1] === ' ') to--;
  return line.slice(from, to);
}
