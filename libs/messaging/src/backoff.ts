/** Waits between tries: they double from `firstMs` up to `longestMs`, and each is drawn from its upper half, so that many do not come back at once. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The wait after the `tries`-th try, in ms; `drawn` is random, 0 to 1. */
export function waitAfter(tries: number, { firstMs, longestMs }: Backoff, drawn: number): number {
  const whole = Math.min(firstMs * 2 ** (tries - 1), longestMs);
  return whole / 2 + (drawn * whole) / 2;
}
