/** Waits between tries: they double from `firstMs` up to `longestMs`, and each is drawn from its upper half, so that many do not come back at once. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Beyond this many doublings every wait is the longest; a power of two that overflows would make the wait no number. */
const DOUBLINGS = 40;

/** The wait after the `tries`-th try, in ms; `drawn` is random, 0 to 1. */
export function waitAfter(tries: number, { firstMs, longestMs }: Backoff, drawn: number): number {
  const whole = Math.min(firstMs * 2 ** Math.min(tries - 1, DOUBLINGS), longestMs);
  return whole / 2 + (drawn * whole) / 2;
}
