/** Time as it passes, for those who wait. */
export interface Timer {
  /** In ms from some moment on; it never goes back. */
  now(): number;
  /** @returns a function that takes it back */
  after(ms: number, act: () => void): () => void;
}

/** setTimeout takes more for 1 ms. */
const LONGEST_MS = 2 ** 31 - 1;

export const realTimer: Timer = {
  now: () => performance.now(),
  after(ms, act) {
    const timeout = setTimeout(act, Math.min(Math.max(0, ms), LONGEST_MS));
    return () => clearTimeout(timeout);
  },
};
