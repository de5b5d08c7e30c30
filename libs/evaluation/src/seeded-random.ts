/** A seeded generator of whole numbers in [0, bound), the same on every machine: xorshift32 (Marsaglia, Journal of Statistical Software 8(14), 2003). */
export function seededRandom(seed: number): (bound: number) => number {
  // Spreads small seeds over all 32 bits; the generator must never stand at zero.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 0x1_0000_0000) * bound);
  };
}
