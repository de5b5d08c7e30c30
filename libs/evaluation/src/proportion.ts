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

/** A share of hits with its 95 % interval; null where nothing was counted. */
export interface Proportion {
  readonly n: number;
  readonly value: number | null;
  readonly interval: Interval | null;
}

export function proportionOf(hits: readonly boolean[]): Proportion {
  const n = hits.length;
  const right = hits.filter(Boolean).length;
  return n === 0 ? { n, value: null, interval: null } : { n, value: right / n, interval: wilsonInterval(right, n) };
}
