/** Right and wrong answers counted by group: a standard, say, or everything with the same confidence. Arrays run in parallel. */
export interface Tally {
  readonly size: Int32Array;
  readonly right: Int32Array;
}

/**
 * Answers ranked by their confidence, best first; equal confidences are one group, so that no statistic can depend
 * on the order in which tied answers happened to come.
 */
export interface RankedOutcomes extends Tally {
  readonly confidence: Float64Array;
}

/** Ranks answers: `confidence[i]` is the probability, in [0, 1], that answer i is right, and `right[i]` whether it is. */
export function rankOutcomes(confidence: readonly number[], right: readonly boolean[]): RankedOutcomes {
  const groups = new Map<number, { size: number; right: number }>();
  confidence.forEach((value, i) => {
    const group = groups.get(value) ?? { size: 0, right: 0 };
    group.size += 1;
    group.right += Number(right[i]);
    groups.set(value, group);
  });
  const ranked = [...groups].sort(([a], [b]) => b - a);
  return {
    confidence: Float64Array.from(ranked, ([value]) => value),
    size: Int32Array.from(ranked, ([, group]) => group.size),
    right: Int32Array.from(ranked, ([, group]) => group.right),
  };
}

/** How many answers there are. */
export function total({ size }: Tally): number {
  return size.reduce((sum, n) => sum + n, 0);
}

/** Mean over the groups of the share that is right in each (macro accuracy when a group is a standard); empty groups do not count. */
export function macroAccuracy({ size, right }: Tally): number {
  let [sum, groups] = [0, 0];
  for (let g = 0; g < size.length; g++) {
    if (size[g] === 0) continue;
    sum += right[g] / size[g];
    groups += 1;
  }
  return sum / groups;
}
