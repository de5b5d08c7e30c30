import { htmlToText } from './html.js';
import { latexToText } from './latex.js';
import {
  joinDigits, spellFractionSigns, spellWordFractions, unifyBlanks, unifyOperators, unifyTimes, unifyUnits,
} from './notation.js';
import { repairScannedDigits } from './scanned-digits.js';
import { repairUnicode } from './unicode.js';
import { joinWrittenSums } from './written-sums.js';

/** The order matters: each step reads what the ones before it wrote. */
const STEPS: readonly ((text: string) => string)[] = [
  htmlToText,
  repairUnicode,
  latexToText,
  spellFractionSigns,
  unifyUnits,
  unifyBlanks,
  unifyOperators,
  repairScannedDigits,
  unifyTimes,
  joinDigits,
  joinWrittenSums,
  spellWordFractions,
  (text) => text.replace(/ {2,}/g, ' ').trim(),
];

/**
 * One plain form of a problem's text, whatever the file held: HTML, LaTeX, Unicode variants, scanner slips, written sums.
 * Total (any string), and linear in its length. The cases in normalise.spec.ts say what each step makes of what; a text
 * already normal stays as it is.
 */
export function normalise(raw: string): string {
  return STEPS.reduce((text, step) => step(text), raw);
}
