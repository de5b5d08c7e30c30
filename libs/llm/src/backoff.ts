export interface Backoff {
  /** Of the first wait; each later one is twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait before the next try, in ms: doubled with each, and then a random half to the whole of it, so that those who failed together do not come back together.
 * @param tries that have failed, from 1 on
 * @param random from 0 to 1
 */
export function backoffMs(tries: number, { firstMs, longestMs }: Backoff, random: number): number {
  return Math.min(longestMs, firstMs * 2 ** (tries - 1)) * (0.5 + random / 2);
}
