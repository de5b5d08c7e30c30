import { auroc, brierScore, calibrationError } from './calibration.js';
import { macroAccuracy, rankOutcomes, total } from './outcomes.js';

/** Twenty instances of Fawcett, Pattern Recognition Letters 27 (2006), figure 3. */
const fawcett = rankOutcomes(
  [0.9, 0.8, 0.7, 0.6, 0.55, 0.54, 0.53, 0.52, 0.51, 0.505, 0.4, 0.39, 0.38, 0.37, 0.36, 0.35, 0.34, 0.33, 0.3, 0.1],
  [1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0].map(Boolean),
);

/** A thousand overconfident answers, spread by irrational steps: right when the second sequence is below the squared confidence. */
const fraction = (x: number) => x - Math.floor(x);
const confidences = Array.from({ length: 1000 }, (_, i) => fraction((i + 1) * 0.6180339887498949));
const overconfident = rankOutcomes(confidences, confidences.map((c, i) => fraction((i + 1) * 0.7548776662466927) < c * c));

describe('ranked outcomes', () => {
  test('answers are grouped by confidence, best first', () => {
    const { confidence, size, right } = rankOutcomes([0.5, 0.9, 0.5, 0.7], [true, true, false, false]);
    expect([[...confidence], [...size], [...right]]).toEqual([[0.9, 0.7, 0.5], [1, 1, 2], [1, 0, 1]]);
  });

  test('macro accuracy counts every group the same and leaves out empty ones', () => {
    const tally = { size: Int32Array.of(10, 2, 0), right: Int32Array.of(9, 1, 0) };
    expect(total(tally)).toBe(12);
    expect(macroAccuracy(tally)).toBeCloseTo(0.7, 12);
  });
});

describe('calibration error', () => {
  test('two bins worked by hand: |0.9 − 0.8| and |0.6 − 0.4|, half the answers each', () => {
    const outcomes = rankOutcomes(
      [0.9, 0.9, 0.9, 0.9, 0.9, 0.6, 0.6, 0.6, 0.6, 0.6],
      [true, true, true, true, false, true, true, false, false, false],
    );
    expect(calibrationError(outcomes, 2)).toBeCloseTo(0.15, 12);
  });

  // numpy 2.4.6: answers sorted by confidence, array_split into the bins, weighted mean of |mean confidence − share right|
  test('a thousand answers in ten and in twenty bins', () => {
    expect(calibrationError(overconfident)).toBeCloseTo(0.16501136932, 10);
    expect(calibrationError(overconfident, 20)).toBeCloseTo(0.16501136932, 10);
  });

  test('errors of opposite sign cancel within a bin but not between bins', () => {
    const outcomes = rankOutcomes([0.8, 0.7, 0.3, 0.2], [true, true, false, false]);
    expect(calibrationError(outcomes, 1)).toBeCloseTo(0, 12);
    expect(calibrationError(outcomes, 2)).toBeCloseTo(0.25, 12);
  });

  test('a bin does not split equal confidences, so their order cannot matter', () => {
    expect(calibrationError(rankOutcomes([0.5, 0.5, 0.5, 0.5], [true, true, false, false]), 2)).toBeCloseTo(0, 12);
  });
});

describe('Brier score', () => {
  // The example of scikit-learn's brier_score_loss; the others computed with scikit-learn 1.9.1
  test.each([
    ['four forecasts', rankOutcomes([0.1, 0.9, 0.8, 0.3], [false, true, true, false]), 0.0375],
    ["Fawcett's instances", fawcett, 0.22452625],
    ['a thousand answers', overconfident, 0.1669550996757867],
  ])('%s', (_, outcomes, expected) => {
    expect(brierScore(outcomes)).toBeCloseTo(expected, 12);
  });
});

describe('area under the ROC curve', () => {
  // scikit-learn 1.9.1, roc_auc_score
  test.each([
    ["Fawcett's instances", fawcett, 0.68],
    ['ties count half', rankOutcomes([0.9, 0.9, 0.9, 0.6, 0.6, 0.3, 0.3], [true, false, true, true, false, true, false]), 0.5833333333333334],
    ['a thousand answers', overconfident, 0.8734193693188194],
  ])('%s', (_, outcomes, expected) => {
    expect(auroc(outcomes)).toBeCloseTo(expected, 12);
  });

  test('it is not defined when nothing is wrong', () => {
    expect(auroc(rankOutcomes([0.9, 0.8], [true, true]))).toBeNaN();
  });
});
