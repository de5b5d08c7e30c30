import { type RankedOutcomes, total } from './outcomes.js';

/** What accepting every answer of at least this confidence gives: the share accepted, and the share of those that is wrong. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly coverage: number;
  readonly error: number;
}

/** Calls `visit` for every threshold there is, strictest first, with the counts of accepted and of wrong among them. */
function forEachThreshold({ confidence, size, right }: RankedOutcomes, visit: (threshold: number, accepted: number, wrong: number) => void): void {
  let [accepted, wrong] = [0, 0];
  for (let g = 0; g < size.length; g++) {
    if (size[g] === 0) continue;
    accepted += size[g];
    wrong += size[g] - right[g];
    visit(confidence[g], accepted, wrong);
  }
}

/** The risk–coverage curve (El-Yaniv and Wiener, JMLR 11, 2010) at about every hundredth of coverage: at most 101 points, strictest first. */
export function riskCoverageCurve(outcomes: RankedOutcomes): OperatingPoint[] {
  const n = total(outcomes);
  const curve: OperatingPoint[] = [];
  let hundredths = 0;
  forEachThreshold(outcomes, (threshold, accepted, wrong) => {
    const reached = Math.floor((100 * accepted) / n);
    if (reached === hundredths && accepted < n) return;
    hundredths = reached;
    curve.push({ threshold, coverage: accepted / n, error: wrong / accepted });
  });
  return curve;
}

/**
 * Area under the risk–coverage curve: the error among the i surest answers, averaged over i (Geifman, Uziel and El-Yaniv, ICLR 2019,
 * equation 2). Tied answers count with the mean over their orders. Lower is better; NaN without answers.
 */
export function aurc({ size, right }: RankedOutcomes): number {
  let [accepted, wrong, area] = [0, 0, 0];
  for (let g = 0; g < size.length; g++) {
    const step = (size[g] - right[g]) / size[g];
    for (let i = 0; i < size[g]; i++) {
      accepted += 1;
      wrong += step;
      area += wrong / accepted;
    }
  }
  return area / accepted;
}

/** The largest coverage whose observed error is at most the target; 0 when even the surest answers err more often. */
export function coverageAtError(outcomes: RankedOutcomes, target: number): number {
  let coverage = 0;
  forEachThreshold(outcomes, (_, accepted, wrong) => {
    if (wrong <= target * accepted) coverage = accepted;
  });
  return coverage / total(outcomes);
}
