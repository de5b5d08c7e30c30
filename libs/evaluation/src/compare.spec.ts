import { compare, mcnemarExact } from './compare.js';

/** Two models' answers with the given counts of both right, only A, only B, neither. */
function answers(bothRight: number, onlyA: number, onlyB: number, neither: number): [boolean[], boolean[]] {
  const kinds = [
    ...Array.from({ length: bothRight }, () => [true, true]),
    ...Array.from({ length: onlyA }, () => [true, false]),
    ...Array.from({ length: onlyB }, () => [false, true]),
    ...Array.from({ length: neither }, () => [false, false]),
  ];
  return [kinds.map(([a]) => a), kinds.map(([, b]) => b)];
}

describe('exact McNemar test', () => {
  // scipy 1.17.1, binomtest(k, n).pvalue
  test.each([[86, 150, 3.7159361395713866e-5], [16, 33, 0.021294114141387155], [0, 6, 0.03125]])('%i against %i', (onlyA, onlyB, expected) => {
    expect(mcnemarExact(onlyA, onlyB) / expected).toBeCloseTo(1, 9);
    expect(mcnemarExact(onlyB, onlyA)).toBe(mcnemarExact(onlyA, onlyB));
  });

  test('an even split, or none, is no evidence at all', () => {
    expect([mcnemarExact(5, 5), mcnemarExact(0, 0)]).toEqual([1, 1]);
  });
});

describe('paired comparison', () => {
  test('counts and the difference of the accuracies', () => {
    expect(compare(...answers(794, 150, 86, 570))).toMatchObject({
      n: 1600, bothRight: 794, onlyA: 150, onlyB: 86, neither: 570, difference: 0.04, pValue: expect.closeTo(3.716e-5, 8),
    });
  });

  // The Wald interval of a paired difference (Agresti, Categorical Data Analysis, chapter on matched pairs), here 0.021 to 0.059
  test('the bootstrap interval agrees with that of the normal approximation on a large sample', () => {
    const { interval } = compare(...answers(794, 150, 86, 570), { resamples: 4000 });
    const standardError = Math.sqrt((150 + 86) / 1600 - 0.04 ** 2) / Math.sqrt(1600);
    expect(interval?.[0]).toBeCloseTo(0.04 - 1.96 * standardError, 2);
    expect(interval?.[1]).toBeCloseTo(0.04 + 1.96 * standardError, 2);
  });

  test('the same seed gives the same interval, another seed another', () => {
    const [a, b] = answers(40, 7, 2, 1);
    expect(compare(a, b)).toEqual(compare(a, b));
    expect(compare(a, b, { seed: 2 }).interval).not.toEqual(compare(a, b, { seed: 1, resamples: 37 }).interval);
  });

  test('different numbers of problems cannot be compared', () => {
    expect(() => compare([true], [])).toThrow(RangeError);
  });
});
