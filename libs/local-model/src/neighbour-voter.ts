/**
 * The vote of the most similar solved examples: each candidate's score as a share of the best one's, 0 to 1, in curriculum
 * order; all 0 without candidates. `candidates`: standards with the summed score of their best examples.
 */
export function neighbourVote(candidates: readonly { readonly code: string; readonly score: number }[], positions: ReadonlyMap<string, number>): Float32Array {
  const support = new Float32Array(positions.size);
  const best = candidates.reduce((most, { score }) => Math.max(most, score), 0);
  if (best <= 0) return support;
  for (const { code, score } of candidates) {
    const position = positions.get(code);
    if (position !== undefined) support[position] = score / best;
  }
  return support;
}
