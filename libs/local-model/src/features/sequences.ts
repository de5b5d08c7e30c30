import { digitsClass } from '@math-labeler/problem-text';

const SEQUENCE = /(?:(?:(?<!\d)\d+|□|㉠|㉡|\( \))\s*(?:,|-|→|—|~>)\s*){3,}(?:\d+|□|…+|\( \)|㉠|㉡)/g;
const SEPARATOR = /\s*(?:,|-|→|—)\s*/;
const POWERS_OF_TEN = new Set([10, 100, 1000, 10000, 100000, 1000000]);

interface Term {
  readonly place: number;
  readonly value: number;
}

/** Features of the number sequences in a text (`330, 340, □, 360`): separator, digit class, and what the step is. */
export function sequenceFeatures(text: string): string[] {
  return [...text.matchAll(SEQUENCE)].flatMap(([sequence]) => featuresOf(sequence));
}

function featuresOf(sequence: string): string[] {
  const terms: Term[] = sequence
    .split(SEPARATOR)
    .map((part, place) => ({ place, value: /^\d+$/.test(part) ? Number(part) : Number.NaN }))
    .filter(({ value }) => !Number.isNaN(value));
  if (terms.length < 2) return [];
  const separator = sequence.includes('-') ? '-' : sequence.includes('→') ? '→' : ',';
  const digits = digitsClass(terms.reduce((largest, { value }) => Math.max(largest, value), 0));
  const features = ['SEQ', `SEQ${separator}`, `SEQ:${digits}`];
  const step = constantStep(terms);
  if (step === undefined) return [...features, hasConstantRatio(terms) ? 'STEP:ratio' : 'STEP:none'];
  const kind = `STEP:${step === 1 ? '1' : POWERS_OF_TEN.has(step) ? 'pow10' : step > 100 ? 'big' : 'small'}`;
  return [...features, kind, `STEPD:${kind}:${digits}`];
}

/** The size of the step between neighbouring terms, whole part, if it is everywhere the same. */
function constantStep(terms: readonly Term[]): number | undefined {
  const steps = new Set(neighbours(terms).map(([a, b]) => (b.value - a.value) / (b.place - a.place)));
  return steps.size === 1 ? Math.abs(Math.trunc([...steps][0])) : undefined;
}

function hasConstantRatio(terms: readonly Term[]): boolean {
  const ratios = new Set(
    neighbours(terms)
      .filter(([a, b]) => b.place === a.place + 1 && a.value !== 0)
      .map(([a, b]) => Math.round((b.value / a.value) * 1000) / 1000),
  );
  return ratios.size === 1 && !ratios.has(1);
}

function neighbours(terms: readonly Term[]): [Term, Term][] {
  return terms.slice(1).map((term, i) => [terms[i], term]);
}
