import { coarseClass, digitsClass, fineClass, isNumber, type Token } from '@math-labeler/problem-text';

const LIMITS = [9, 20, 100, 1000, 10000];
const TENTHS = new Set([10, 100, 1000]);
/** Of more different denominators than any problem has, only the first ones are compared in pairs. */
const MAX_DENOMINATORS = 50;

/** Features of all numbers together: how many, how large, of what kinds. */
export function documentFeatures(tokens: readonly Token[]): string[] {
  const numbers = tokens.filter(isNumber);
  const integers = numbers.filter(({ kind }) => kind === 'integer').map(({ value }) => value as number);
  const features = [`NN:${Math.min(numbers.length, 6)}`, `NI:${Math.min(integers.length, 6)}`];
  if (integers.length > 0) features.push(...magnitudeFeatures(integers));
  const kinds = new Set(numbers.map(({ kind }) => (kind === 'integer' ? 'int' : kind === 'decimal' ? 'dec' : 'frac')));
  features.push(`KINDS:${[...kinds].sort().join('+')}`);
  const decimals = numbers.filter(({ kind }) => kind === 'decimal').map(coarseClass).sort();
  if (decimals.length > 0) features.push(`MAXDEC:${decimals.at(-1)}`);
  features.push(numbers.length === 0 ? 'NONUM' : 'HASNUM');
  return features;
}

function magnitudeFeatures(integers: readonly number[]): string[] {
  const descending = [...integers].sort((a, b) => b - a);
  const [largest, second] = descending;
  const features = [`MAX:${rangeOf(largest)}`, ...LIMITS.filter((limit) => largest <= limit).map((limit) => `LE${limit}`)];
  if (second >= 10) features.push('TWO2D');
  if (second >= 100) features.push('TWO3D');
  features.push(`MAXD:${digitsClass(largest)}${second === undefined ? '' : digitsClass(second)}`);
  return features;
}

function rangeOf(largest: number): string {
  if (largest <= 9) return '9';
  if (largest <= 20) return '20';
  if (largest <= 50) return '50';
  return largest <= 100 ? '100' : largest <= 1000 ? '1k' : largest <= 10000 ? '10k' : 'big';
}

/** Features of the fractions together: denominators alike, multiples of each other, powers of ten; kinds of fraction. */
export function fractionFeatures(tokens: readonly Token[]): string[] {
  const denominators: number[] = [];
  const kinds = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'fraction' || token.kind === 'mixed') denominators.push(token.value.denominator);
    if (token.kind === 'fraction' || token.kind === 'mixed' || token.kind === 'blankFraction') kinds.add(fineClass(token));
  }
  if (denominators.length === 0) return [];
  const distinct = [...new Set(denominators)];
  const features = [
    `DEN:${denominators.length === 1 ? 'one' : distinct.length === 1 ? 'same' : 'diff'}`,
    `FK:${[...kinds].sort().join('+')}`,
  ];
  if (hasMultiple(distinct.slice(0, MAX_DENOMINATORS))) features.push('DENMULT');
  if (distinct.some((denominator) => TENTHS.has(denominator))) features.push('DEN10');
  if (distinct.length === 1 && distinct[0] === 10) features.push('DENALL10');
  return features;
}

function hasMultiple(distinct: readonly number[]): boolean {
  return distinct.some((a) => distinct.some((b) => a > b && b > 0 && a % b === 0));
}
