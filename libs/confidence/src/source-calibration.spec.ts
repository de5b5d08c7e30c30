import { learnSourceCalibration, recalibrate, type Reviewed } from './source-calibration.js';

const reviewed = (confidence: number, right: number, wrong: number): Reviewed[] =>
  Array.from({ length: right + wrong }, (_, i) => ({ confidence, right: i < right }));

const after = (reviews: readonly Reviewed[], confidence: number) => recalibrate(confidence, learnSourceCalibration(reviews, []).standard);

describe('the calibration of a source', () => {
  // scipy 1.17.1: minimize(BFGS) of the penalised likelihood
  test('is the optimum between the reviews and leaving things as they are', () => {
    const cycle = [0.99, 0.97, 0.9, 0.8, 0.95, 0.6].map((confidence, i) => ({ confidence, right: [0, 1, 3].includes(i) }));
    const { reviewed: count, standard } = learnSourceCalibration(Array.from({ length: 60 }, (_, i) => cycle[i % 6]), []);
    expect(count).toBe(60);
    expect(standard).toEqual([expect.closeTo(-0.83332573, 6), expect.closeTo(0.4553156, 6)]);
  });

  test('without reviews leaves every confidence as it is', () => {
    const { reviewed: count, standard, level } = learnSourceCalibration([], []);
    expect({ count, standard, level }).toEqual({ count: 0, standard: [0, 1], level: [0, 1] });
    expect(recalibrate(0.83, standard)).toBeCloseTo(0.83, 12);
    expect(recalibrate(0.83, undefined)).toBe(0.83);
  });

  test('three reviews, all right, move it by less than three points', () => {
    expect(Math.abs(after(reviewed(0.9, 3, 0), 0.9) - 0.9)).toBeLessThan(0.03);
  });

  test('reviews that come out as foretold move it by less than a point, however many', () => {
    expect(Math.abs(after(reviewed(0.9, 900, 100), 0.9) - 0.9)).toBeLessThan(0.01);
  });

  test('the more of the sure labels were wrong, the less sure the next ones are', () => {
    const confidences = [0, 5, 10, 20, 40].map((wrong) => after(reviewed(0.95, 100 - wrong, wrong), 0.95));
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    expect(confidences[4]).toBeLessThan(0.7);
  });

  test('a source where half of the surest labels are wrong ends near one half, not at certainty', () => {
    expect(after(reviewed(0.999999, 100, 100), 0.999999)).toBeCloseTo(0.5018, 3);
    expect(after(reviewed(0.99, 10, 90), 0.99)).toBeLessThan(0.2);
  });

  test('levels have a calibration of their own', () => {
    const { standard, level } = learnSourceCalibration([], reviewed(0.8, 20, 30));
    expect(standard).toEqual([0, 1]);
    expect(recalibrate(0.8, level)).toBeLessThan(0.6);
  });
});
