import { coarseClass, digitsClass, type Token } from '@math-labeler/problem-text';
import { dimensionOf, timeUnitOf } from './unit-dimension.js';

/** Which numbers a text works with; the field names and values are part of the model's feature strings. */
export interface NumberSignature {
  /** Any of `D` decimals, `F` fractions, `I` integers, or `none`. */
  readonly kinds: string;
  /** Digit classes of the two largest integers: `i3i2`, or `none`. */
  readonly dg: string;
  /** Denominators: `1` only one, `=` alike, `!=` different, empty without fractions. */
  readonly den: string;
  /** The range of the largest integer: `9`, `20`, `100`, `1k`, `10k`, `big` or `none`. */
  readonly lim: string;
  /** How many numbers, five and more as `5`. */
  readonly n: string;
  /** Dimensions of the units, joined by `+`, or `-`. */
  readonly dims: string;
  /** The most telling of the above in one word: `dec1`, `fr!=`, `i3i2`, `none`. */
  readonly main: string;
  /** The class of the longest decimal: `d2`, or empty. */
  readonly dec: string;
}

const ORDINAL = /(?<!\d)\d+(?=\s?(?:학년|반 |반의|번째|번 |번의|월 ?\d|교시|층|차 |호 |위 ))/g;
const DIGITS_AND_BLANKS = /[\d□]{2,}/g;

/** `7□15` is a number with a digit to find. */
export function hasHiddenDigit(text: string): boolean {
  for (const [run] of text.matchAll(DIGITS_AND_BLANKS)) if (isHiddenNumber(run)) return true;
  return false;
}

/** The text with a 5 for each hidden digit, so that `7□15` counts as a number of four digits. */
export function fillHiddenDigits(text: string): string {
  return text.includes('□') ? text.replace(DIGITS_AND_BLANKS, (run) => (isHiddenNumber(run) ? run.replaceAll('□', '5') : run)) : text;
}

function isHiddenNumber(run: string): boolean {
  return run.includes('□') && /\d/.test(run);
}

/** The text ready for counting its numbers: hidden digits filled, ordinals (3학년, 2번째) taken out. */
export function countableText(text: string): string {
  return fillHiddenDigits(text).replace(ORDINAL, ' ');
}

/** The signature of the tokens of a `countableText`. */
export function numberSignature(tokens: readonly Token[]): NumberSignature {
  const dimensions = new Set<string>();
  const denominators = new Set<number>();
  let largest = -1;
  let second = -1;
  let decimal = '';
  let fractions = 0;
  let count = 0;
  tokens.forEach((token, i) => {
    switch (token.kind) {
      case 'integer':
        count++;
        if (token.value > largest) [largest, second] = [token.value, largest];
        else if (token.value > second) second = token.value;
        break;
      case 'decimal': {
        count++;
        const places = coarseClass(token);
        if (places > decimal) decimal = places;
        break;
      }
      case 'fraction':
      case 'mixed':
        count++;
        fractions++;
        denominators.add(token.value.denominator);
        break;
      case 'unit': {
        const dimension = dimensionOf(token.text);
        if (dimension !== undefined) dimensions.add(dimension);
        break;
      }
      case 'hangul': {
        const before = i > 0 ? tokens[i - 1].kind : undefined;
        const unit = before === 'integer' || before === 'blank' ? timeUnitOf(token.text) : undefined;
        if (unit !== undefined) dimensions.add(dimensionOf(unit)!);
        break;
      }
    }
  });
  const digits = (largest >= 0 ? digitsClass(largest) : '') + (second >= 0 ? digitsClass(second) : '');
  const kinds = (decimal === '' ? '' : 'D') + (fractions === 0 ? '' : 'F') + (largest < 0 ? '' : 'I');
  const den = fractions === 0 ? '' : fractions === 1 ? '1' : denominators.size === 1 ? '=' : '!=';
  return {
    kinds: kinds || 'none',
    dg: digits || 'none',
    den,
    lim: rangeOf(largest),
    n: String(Math.min(count, 5)),
    dims: [...dimensions].sort().join('+') || '-',
    main: (decimal === '' ? '' : `dec${decimal[1]}`) + (fractions === 0 ? '' : `fr${den}`) || digits || 'none',
    dec: decimal,
  };
}

function rangeOf(largest: number): string {
  if (largest < 0) return 'none';
  return largest <= 9 ? '9' : largest <= 20 ? '20' : largest <= 100 ? '100' : largest < 1000 ? '1k' : largest < 10000 ? '10k' : 'big';
}
