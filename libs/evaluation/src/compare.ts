import { binomialCdf } from './binomial.js';
import { type Resampling, percentileInterval } from './bootstrap.js';
import { type Interval } from './proportion.js';
import { seededRandom } from './seeded-random.js';

/** How two models did on the same problems, as counts; `difference` is the accuracy of A minus that of B (NaN without problems). */
export interface Comparison {
  readonly n: number;
  readonly bothRight: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
  readonly difference: number;
  /** 95 % interval of the difference; null without problems. */
  readonly interval: Interval | null;
  /** Chance of so uneven a split of the discordant problems if both models were equally good. */
  readonly pValue: number;
}

/** Two-sided exact McNemar test (Psychometrika 12, 1947): the discordant problems fall either way like a fair coin. */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  return Math.min(1, 2 * binomialCdf(Math.min(onlyA, onlyB), onlyA + onlyB, 0.5));
}

/** Compares two models on the same problems: `a[i]` and `b[i]` say whether each had problem i right. The interval is a paired bootstrap, deterministic by seed. */
export function compare(a: readonly boolean[], b: readonly boolean[], { resamples = 1000, seed = 1 }: Resampling = {}): Comparison {
  if (a.length !== b.length) throw new RangeError(`a paired comparison needs the same problems: ${a.length} and ${b.length}`);
  const n = a.length;
  const lead = Int8Array.from(a, (right, i) => Number(right) - Number(b[i]));
  const onlyA = lead.filter((value) => value > 0).length;
  const onlyB = lead.filter((value) => value < 0).length;
  const bothRight = a.filter((right, i) => right && b[i]).length;
  const random = seededRandom(seed);
  const differences = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += lead[random(n)];
    return sum / n;
  });
  return {
    n,
    bothRight,
    onlyA,
    onlyB,
    neither: n - bothRight - onlyA - onlyB,
    difference: (onlyA - onlyB) / n,
    interval: percentileInterval(differences),
    pValue: mcnemarExact(onlyA, onlyB),
  };
}
