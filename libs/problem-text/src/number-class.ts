import { type NumberToken } from './token.js';

/**
 * What kind of number it is, as a teacher would sort it; the names are part of the model's feature strings.
 * Integers: `i0`, `i1` (1–9), `i10`, `i20` (11–20), `i2`/`i2r` (two digits, `r` round), `i100`, `i3`/`i3t`/`i3r`, `i4`/`i4r`, `i5`/`i5r`.
 * Decimals: `d1`–`d3` by places, `z` when below one. Fractions: `fu` unit, `fp` proper, `fi` improper, `fm` mixed, `fb` with a blank.
 */
export function fineClass(number: NumberToken): string {
  switch (number.kind) {
    case 'integer':
      return integerClass(number.value);
    case 'decimal':
      return decimalClass(number.text) + (number.value < 1 ? 'z' : '');
    case 'mixed':
      return 'fm';
    case 'fraction': {
      const { numerator, denominator } = number.value;
      if (numerator === 1 && denominator > 1) return 'fu';
      return numerator < denominator ? 'fp' : 'fi';
    }
    case 'blankFraction':
      return 'fb';
  }
}

/** The class without its finer shades: `i1`–`i5` by digits, `d1`–`d3`, `f`, `fm`. */
export function coarseClass(number: NumberToken): string {
  switch (number.kind) {
    case 'integer':
      return digitsClass(number.value);
    case 'decimal':
      return decimalClass(number.text);
    case 'mixed':
      return 'fm';
    default:
      return 'f';
  }
}

/** `i1` to `i4` by the number of digits, `i5` for five and more. */
export function digitsClass(value: number): string {
  return value < 10 ? 'i1' : value < 100 ? 'i2' : value < 1000 ? 'i3' : value < 10000 ? 'i4' : 'i5';
}

function decimalClass(text: string): string {
  const places = text.length - text.indexOf('.') - 1;
  return places === 1 ? 'd1' : places === 2 ? 'd2' : 'd3';
}

function integerClass(value: number): string {
  if (value === 0) return 'i0';
  if (value <= 9) return 'i1';
  if (value === 10) return 'i10';
  if (value <= 20) return 'i20';
  if (value < 100) return value % 10 === 0 ? 'i2r' : 'i2';
  if (value === 100) return 'i100';
  if (value < 1000) return value % 100 === 0 ? 'i3r' : value % 10 === 0 ? 'i3t' : 'i3';
  if (value < 10000) return value % 100 === 0 ? 'i4r' : 'i4';
  return value % 1000 === 0 ? 'i5r' : 'i5';
}
