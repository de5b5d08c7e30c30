import { binomialCdf } from './binomial.js';

/** Lower and upper end, as fractions. */
export type Interval = readonly [low: number, high: number];

/** 97.5 % quantile of the normal distribution: every interval here is a 95 % one. */
const z = 1.959963984540054;

/** 95 % interval of a proportion by Wilson's score (Journal of the American Statistical Association 22, 1927; no continuity correction). */
export function wilsonInterval(successes: number, n: number): Interval {
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const width = 1 + (z * z) / n;
  // The ends are 0 and 1 exactly when nothing or everything succeeds, which rounding would miss.
  return [successes === 0 ? 0 : (centre - half) / width, successes === n ? 1 : (centre + half) / width];
}

/** The p at which `rising(p)` turns true, to the precision of a double. */
function crossing(rising: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Exact two-sided 95 % interval of a proportion (Clopper and Pearson, Biometrika 26, 1934): covers at least 95 %, usually more. */
export function clopperPearsonInterval(successes: number, n: number): Interval {
  return [
    successes === 0 ? 0 : crossing((p) => 1 - binomialCdf(successes - 1, n, p) >= 0.025),
    successes === n ? 1 : crossing((p) => binomialCdf(successes, n, p) <= 0.025),
  ];
}

/** Whether the one-sided Clopper–Pearson upper bound of the proportion, at this certainty (say 0.95), is at most `limit`. */
export function isSurelyAtMost(limit: number, { successes, n, certainty }: { successes: number; n: number; certainty: number }): boolean {
  return binomialCdf(successes, n, limit) <= 1 - certainty;
}
