import { type RankedOutcomes, total } from './outcomes.js';

/**
 * Expected calibration error: Σ (bin size / n) · |share right − mean confidence| (Guo et al., ICML 2017, equation 3), over bins of equal
 * mass (Nguyen and O'Connor, EMNLP 2015) rather than of equal width, since confidences crowd near 1. A bin never splits equal
 * confidences. Ten bins by default: more would add noise, which can only raise the figure. NaN without answers.
 */
export function calibrationError(outcomes: RankedOutcomes, bins = 10): number {
  const { confidence, size, right } = outcomes;
  const n = total(outcomes);
  let [seen, closed, surplus, error] = [0, 0, 0, 0];
  for (let g = 0; g < size.length; g++) {
    seen += size[g];
    surplus += size[g] * confidence[g] - right[g];
    if (seen * bins >= n * (closed + 1)) {
      error += Math.abs(surplus);
      surplus = 0;
      closed = Math.floor((seen * bins) / n);
    }
  }
  return error / n;
}

/** Mean squared distance of the confidence from what happened, 1 for right and 0 for wrong (Brier, Monthly Weather Review 78, 1950, halved for two classes). */
export function brierScore(outcomes: RankedOutcomes): number {
  const { confidence, size, right } = outcomes;
  let sum = 0;
  for (let g = 0; g < size.length; g++) {
    sum += right[g] * (1 - confidence[g]) ** 2 + (size[g] - right[g]) * confidence[g] ** 2;
  }
  return sum / total(outcomes);
}

/**
 * Probability that a right answer has a higher confidence than a wrong one, ties counting half: the area under the ROC curve
 * (Hanley and McNeil, Radiology 143, 1982). NaN when all answers are right or all wrong.
 */
export function auroc({ size, right }: RankedOutcomes): number {
  let [rightAbove, wrong, ordered] = [0, 0, 0];
  for (let g = 0; g < size.length; g++) {
    const wrongHere = size[g] - right[g];
    ordered += wrongHere * (rightAbove + right[g] / 2);
    rightAbove += right[g];
    wrong += wrongHere;
  }
  return ordered / (rightAbove * wrong);
}
