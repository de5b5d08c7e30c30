const DIGIT_LIKE: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', l: '1', '|': '1' };
const WITH_BAR = /[\dOoIl|]+/g;
const WITHOUT_BAR = /[\dOoIl]+/g;

/**
 * Letters that a scanner read for digits, inside a run that holds a digit and touches no other letter: `1O개` is `10개`.
 * One bar in a line is a misread 1; two and more part the cells of a table.
 */
export function repairScannedDigits(text: string): string {
  if (!text.includes('|')) return repair(text, WITHOUT_BAR);
  return text
    .split('\n')
    .map((line) => repair(line, line.indexOf('|') === line.lastIndexOf('|') ? WITH_BAR : WITHOUT_BAR))
    .join('\n');
}

function repair(text: string, runs: RegExp): string {
  return text.replace(runs, (run, at: number) => {
    if (!/\d/.test(run) || !/\D/.test(run)) return run;
    let start = 0;
    let end = run.length;
    if (isLetter(text[at - 1])) while (start < run.length && (start === 0 || isLetter(run[start - 1]))) start++;
    if (isLetter(text[at + run.length])) do end--; while (end > 0 && isLetter(run[end]));
    const inner = run.slice(start, Math.max(start, end));
    if (!/\d/.test(inner)) return run;
    return run.slice(0, start) + inner.replace(/\D/g, (char) => DIGIT_LIKE[char]) + run.slice(start + inner.length);
  });
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[A-Za-z]/.test(char);
}
