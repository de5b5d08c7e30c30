import fc from 'fast-check';
import { fitLogistic, logistic, logOdds } from './logistic.js';

const x = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5];
const z = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1];
const rows = x.map((value, i) => [1, value, z[i]]);
const outcomes = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1].map((y) => y === 1);
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6));

describe('a logistic regression', () => {
  // scikit-learn 1.9.1: LogisticRegression(C=1/strength, fit_intercept=False, solver='newton-cg')
  test.each([
    [1e-3, [0.272660490, 0.911805418, -1.003287835]],
    [1, [-0.010703337, 0.673040672, -0.306997240]],
  ])('with a ridge of %d has the reference’s weights', (strength, weights) => {
    expect(fitLogistic(rows, outcomes, { strength })).toEqual(near(weights));
  });

  // scipy 1.17.1: minimize(BFGS) of the penalised likelihood
  test('is drawn towards its prior', () => {
    expect(fitLogistic(rows, outcomes, { prior: [0, 1, 0], strength: 5 })).toEqual(near([-0.048204342, 0.953463696, -0.103351644]));
  });

  test('without outcomes is its prior', () => {
    expect(fitLogistic([], [], { prior: [0, 1] })).toEqual([0, 1]);
  });

  test('of outcomes that one feature tells apart stays finite', () => {
    const steps = Array.from({ length: 200 }, (_, i) => [1, i - 100]);
    const weights = fitLogistic(steps, steps.map(([, step]) => step > 3));
    expect(logistic(weights, [1, 3])).toBeLessThan(0.5);
    expect(logistic(weights, [1, 4])).toBeGreaterThan(0.5);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(1000);
  });

  test('with an intercept predicts, on average, as often as it happened', () => {
    const weights = fitLogistic(rows, outcomes, { strength: 1e-9 });
    expect(rows.reduce((sum, row) => sum + logistic(weights, row), 0)).toBeCloseTo(5, 5);
  });
});

describe('log-odds', () => {
  test.each([[0.5, 0], [0.75, Math.log(3)], [0.01, -Math.log(99)]])('of %d are %d', (probability, odds) => {
    expect(logOdds(probability)).toBeCloseTo(odds, 12);
  });

  test('undo the logistic function, and are finite for certainty', () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => expect(logistic([1], [logOdds(p)])).toBeCloseTo(p, 9)));
    expect([logOdds(0), logOdds(1)]).toEqual([expect.closeTo(-Math.log(999_999), 6), expect.closeTo(Math.log(999_999), 6)]);
  });
});
