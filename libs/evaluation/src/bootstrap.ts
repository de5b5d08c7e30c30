import { type Tally } from './outcomes.js';
import { type Interval } from './proportion.js';
import { seededRandom } from './seeded-random.js';

export interface Resampling {
  readonly resamples?: number;
  readonly seed?: number;
}

/** Value at the quantile of ascending values, between two of them by straight line (Hyndman and Fan, 1996, type 7). */
function quantile(ascending: Float64Array, q: number): number {
  const position = q * (ascending.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
}

/** The middle 95 % of the values; undefined (NaN) ones are left out, and with none left there is no interval. */
export function percentileInterval(values: Float64Array): Interval | null {
  const ascending = values.filter((value) => !Number.isNaN(value)).sort();
  return ascending.length === 0 ? null : [quantile(ascending, 0.025), quantile(ascending, 0.975)];
}

/**
 * 95 % percentile intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13), one a statistic, all from the
 * same resamples of the single answers. Deterministic by seed. A biased statistic such as ECE, which only noise can raise, may lie
 * below its own interval.
 */
export function bootstrapIntervals<T extends Tally>(
  outcomes: T,
  statistics: readonly ((resample: T) => number)[],
  { resamples = 1000, seed = 1 }: Resampling = {},
): (Interval | null)[] {
  const random = seededRandom(seed);
  const groups = outcomes.size.length;
  // One number an answer: twice its group, plus one when it is right.
  const answers = Int32Array.from(
    [...outcomes.size].flatMap((size, g) => Array.from({ length: size }, (_, i) => 2 * g + (i < outcomes.right[g] ? 1 : 0))),
  );
  const drawn = new Int32Array(2 * groups);
  const resample = { ...outcomes, size: new Int32Array(groups), right: new Int32Array(groups) };
  const values = statistics.map(() => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    drawn.fill(0);
    for (let i = 0; i < answers.length; i++) drawn[answers[random(answers.length)]]++;
    for (let g = 0; g < groups; g++) {
      resample.right[g] = drawn[2 * g + 1];
      resample.size[g] = drawn[2 * g] + drawn[2 * g + 1];
    }
    statistics.forEach((statistic, s) => (values[s][r] = statistic(resample)));
  }
  return values.map(percentileInterval);
}
