import { binomialCdf } from './binomial.js';
import { proportionOf, wilsonInterval } from './proportion.js';

describe('binomial distribution function', () => {
  // scipy 1.17.1, scipy.stats.binom.cdf
  test.each([
    [0, 10, 0.03, 0.7374241268949283],
    [3, 100, 0.03, 0.6472492104640194],
    [270, 10_000, 0.03, 0.040177540882331386],
    [5000, 10_000, 0.5, 0.5039893230696917],
    [86, 236, 0.5, 1.8579680697856933e-5],
  ])('P(X ≤ %i) of %i trials at %f', (successes, n, p, expected) => {
    expect(binomialCdf(successes, n, p) / expected).toBeCloseTo(1, 9);
  });

  test('nothing is below zero and everything is at most n', () => {
    expect([binomialCdf(-1, 5, 0.2), binomialCdf(5, 5, 0.2)]).toEqual([0, 1]);
  });
});

describe('95 % intervals of a proportion', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, [0.2553, 0.3662]],
    [15, 148, [0.0624, 0.1605]],
    [0, 20, [0, 0.1611]],
    [1, 29, [0.0061, 0.1718]],
  ])('%i of %i', (successes, n, wilson) => {
    wilsonInterval(successes, n).forEach((end, i) => expect(end).toBeCloseTo(wilson[i], 4));
  });

  // scipy 1.17.1, binomtest(k, n).proportion_ci(method='wilson')
  test('everything right, and a large sample', () => {
    expect(wilsonInterval(29, 29)).toEqual([expect.closeTo(0.8830302015, 9), 1]);
    expect(wilsonInterval(9413, 10_000)).toEqual([expect.closeTo(0.9365211727, 9), expect.closeTo(0.9457399104, 9)]);
  });
});

test('a share of hits stands beside its interval, and there is none without hits or misses', () => {
  expect(proportionOf([true, true, false, true])).toEqual({ n: 4, value: 0.75, interval: wilsonInterval(3, 4) });
  expect(proportionOf([])).toEqual({ n: 0, value: null, interval: null });
});
