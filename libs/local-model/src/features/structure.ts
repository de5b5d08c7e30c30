import { conversionFeatures } from './conversions.js';
import { hasHiddenDigit } from './number-signature.js';
import { type Reading } from './reading.js';

const WRITTEN_OPERATORS = /[+×÷]|(?<=[\d□)] )-(?= ?[\d□(])|(?<=[\d□])-(?=[\d□])/g;
const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'cmp'] as const;

/** Block `s`: the cue words of the body, its number signature, and their conjunctions; sequences, conversions, kind of options. */
export function structureFeatures(reading: Reading): string[] {
  const { text, body } = reading.problem;
  const { cues, signature } = reading;
  const { main, kinds, lim, dims, n } = signature;
  const operators = reading.sequencesIn(body).length > 0 ? '' : writtenOperators(body);
  const features: string[] = [];
  for (const cue of cues) features.push(`K:${cue}`);
  for (const [field, value] of Object.entries(signature)) features.push(`G${field}:${value}`);
  features.push(`Gkd:${kinds}${dims}`, `Gn:${kinds}${n}`, `Gmd:${main}|${dims}`, `Gmn:${main}|${n}`);
  for (const cue of cues) {
    features.push(`C:${cue}|${main}`, `C:${cue}|${kinds}`, `C:${cue}|${lim}`, `C:${cue}|d${dims}`);
    if (operators !== '') features.push(`C:${cue}|o${operators}`);
  }
  features.push(`O:${operators}|${main}`, `O:${operators}|${kinds}`, `O:${operators}|${lim}`, `O:${operators}|n${n}`);
  const arithmetic = ARITHMETIC.filter((cue) => cues.has(cue)).join('+');
  features.push(`AR:${arithmetic}`, `AR:${arithmetic}|${main}`, `AR:${arithmetic}|${main}|${n}`);
  features.push(...reading.sequences, ...conversionFeatures(text));
  features.push(`OPT:${text.includes('①') ? 'circ' : text.includes('㉠') && text.includes('㉡') ? 'lab' : 'no'}`);
  if (hasHiddenDigit(text)) features.push('DIGBLANK');
  return features;
}

/** The distinct operators between operands, in a fixed order: `+×`. */
function writtenOperators(body: string): string {
  return [...new Set(body.match(WRITTEN_OPERATORS))].sort().join('');
}
