import { GRADE_BANDS, type Standard } from '@math-labeler/curriculum';

/** How much of a source's problems each grade band has, learnt from the problems themselves. */
export interface SourceProfile {
  readonly problems: number;
  /** Shares of the bands 1–2, 3–4, 5–6; they sum to 1. */
  readonly bands: readonly [number, number, number];
}

/** Probability mass that one problem's distribution gives to each grade band. */
export type BandMass = readonly [number, number, number];

/** As many imagined problems, spread as the curriculum is, speak for every source: a few problems prove nothing. */
const PRIOR_STRENGTH = 10;
const ROUNDS = 50;

export function bandMass(probabilities: Float32Array, standards: readonly Standard[]): BandMass {
  const mass: [number, number, number] = [0, 0, 0];
  probabilities.forEach((probability, i) => (mass[bandIndex(standards[i])] += probability));
  return mass;
}

/**
 * The grade bands of one source, without labels: expectation–maximisation of class priors (Saerens, Latinne and
 * Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities", Neural Computation 14, 2002) over the
 * three bands. Bands only: at unit or standard level it overfits.
 */
export function learnSourceProfile(masses: readonly BandMass[], standards: readonly Standard[]): SourceProfile {
  const base = curriculumShares(standards);
  let bands: [number, number, number] = [...base];
  for (let round = 0; round < ROUNDS; round++) {
    const sums = [0, 0, 0];
    for (const mass of masses) {
      const weighted = mass.map((part, band) => (part * bands[band]) / base[band]);
      const total = weighted[0] + weighted[1] + weighted[2];
      weighted.forEach((part, band) => (sums[band] += part / total));
    }
    bands = sums.map((sum, band) => (sum + PRIOR_STRENGTH * base[band]) / (masses.length + PRIOR_STRENGTH)) as [number, number, number];
  }
  return { problems: masses.length, bands };
}

/** Log prior of each standard in a source, in the order of `standards`; all zero for a source that is like the curriculum. */
export function sourcePrior({ bands }: SourceProfile, standards: readonly Standard[]): Float32Array {
  const base = curriculumShares(standards);
  return Float32Array.from(standards, (standard) => Math.log(bands[bandIndex(standard)] / base[bandIndex(standard)]));
}

/** `1-2: 0.10, 3-4: 0.75, 5-6: 0.15` */
export function formatSourceProfile({ bands }: SourceProfile): string {
  return GRADE_BANDS.map((band, i) => `${band}: ${bands[i].toFixed(2)}`).join(', ');
}

/** The source that a problem itself names. */
export function sourceIn(metadata: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const source = metadata?.['source'];
  return typeof source === 'string' && source.trim() !== '' ? source : undefined;
}

function curriculumShares(standards: readonly Standard[]): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const standard of standards) counts[bandIndex(standard)] += 1 / standards.length;
  return counts;
}

function bandIndex({ gradeBand }: Standard): number {
  return GRADE_BANDS.indexOf(gradeBand);
}
