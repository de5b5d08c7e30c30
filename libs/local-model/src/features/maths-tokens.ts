import { codePointLength } from '@math-labeler/problem-text';
import { calculationFeatures } from './calculations.js';
import { documentFeatures, fractionFeatures } from './number-summary.js';
import { quantityFeatures } from './quantities.js';
import { type Reading } from './reading.js';

const FIGURE =
  /\[(?:그림|시계|그래프|표|사진|도형|전개도|풀이|모눈|자|저울|보기|수직선|달력|[^\]\n]{0,12}그림|[^[\]\n]{0,12}그래프)/;
const LENGTHS = [20, 40, 70, 110, 170];

/** Block `m`: number types, quantities and units, calculations and what they need, a summary of all numbers, figure and length. */
export function mathsFeatures(reading: Reading): string[] {
  const { tokens, text } = reading.problem;
  const length = codePointLength(text);
  const features = [...quantityFeatures(tokens), ...calculationFeatures(tokens), ...documentFeatures(tokens), ...fractionFeatures(tokens)];
  features.push(FIGURE.test(text) ? 'FIG' : 'NOFIG');
  if (text.includes('|')) features.push('TABLE');
  features.push(`LEN:${LENGTHS.filter((least) => length >= least).length}`);
  return features;
}
