/** A seeded generator of whole numbers in [0, bound): xorshift32 (Marsaglia, Journal of Statistical Software 8(14), 2003). */
export function seededRandom(seed: number): (bound: number) => number {
  let state = seed | 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
