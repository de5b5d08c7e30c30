import { binomialCdf } from './binomial.js';
import { clopperPearsonInterval, isSurelyAtMost, wilsonInterval } from './proportion.js';

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
  // Newcombe, Statistics in Medicine 17 (1998), table I: methods 3 (Wilson) and 5 (Clopper–Pearson).
  test.each([
    [81, 263, [0.2553, 0.3662], [0.2527, 0.3676]],
    [15, 148, [0.0624, 0.1605], [0.0578, 0.1617]],
    [0, 20, [0, 0.1611], [0, 0.1684]],
    [1, 29, [0.0061, 0.1718], [0.0009, 0.1776]],
  ])('%i of %i', (successes, n, wilson, exact) => {
    wilsonInterval(successes, n).forEach((end, i) => expect(end).toBeCloseTo(wilson[i], 4));
    clopperPearsonInterval(successes, n).forEach((end, i) => expect(end).toBeCloseTo(exact[i], 4));
  });

  // scipy 1.17.1, binomtest(k, n).proportion_ci
  test('everything right, and a large sample', () => {
    expect(wilsonInterval(29, 29)).toEqual([expect.closeTo(0.8830302015, 9), 1]);
    expect(clopperPearsonInterval(29, 29)).toEqual([expect.closeTo(0.8805551309, 9), 1]);
    expect(wilsonInterval(9413, 10_000)).toEqual([expect.closeTo(0.9365211727, 9), expect.closeTo(0.9457399104, 9)]);
    expect(clopperPearsonInterval(9413, 10_000)).toEqual([expect.closeTo(0.9365128456, 9), expect.closeTo(0.9458280834, 9)]);
  });

  test('the rule of three: 99 answers without error are enough to be 95 % sure of at most 3 %, 98 are not', () => {
    expect(isSurelyAtMost(0.03, { successes: 0, n: 99, certainty: 0.95 })).toBe(true);
    expect(isSurelyAtMost(0.03, { successes: 0, n: 98, certainty: 0.95 })).toBe(false);
  });
});
