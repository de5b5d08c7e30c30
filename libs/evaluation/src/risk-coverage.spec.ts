import { rankOutcomes } from './outcomes.js';
import { aurc, coverageAtError, riskCoverageCurve } from './risk-coverage.js';

/** Surest first: right, right, wrong, right; errors among the first i are 0, 0, 1/3 and 1/4. */
const four = rankOutcomes([0.9, 0.8, 0.7, 0.6], [true, true, false, true]);

const fraction = (x: number) => x - Math.floor(x);
const confidences = Array.from({ length: 1000 }, (_, i) => fraction((i + 1) * 0.6180339887498949));
const thousand = rankOutcomes(confidences, confidences.map((c, i) => fraction((i + 1) * 0.7548776662466927) < c * c));

describe('risk–coverage curve', () => {
  test('each point says what its threshold accepts and how often that is wrong', () => {
    expect(riskCoverageCurve(four)).toEqual([
      { threshold: 0.9, coverage: 0.25, error: 0 },
      { threshold: 0.8, coverage: 0.5, error: 0 },
      { threshold: 0.7, coverage: 0.75, error: 1 / 3 },
      { threshold: 0.6, coverage: 1, error: 0.25 },
    ]);
  });

  test('equal confidences are accepted together', () => {
    expect(riskCoverageCurve(rankOutcomes([0.9, 0.9], [true, false]))).toEqual([{ threshold: 0.9, coverage: 1, error: 0.5 }]);
  });

  test('a long curve is drawn at every hundredth and ends at full coverage', () => {
    const curve = riskCoverageCurve(thousand);
    expect(curve).toHaveLength(100);
    expect(curve[99]).toMatchObject({ coverage: 1, error: expect.closeTo(0.665, 12) });
  });
});

describe('area under the risk–coverage curve', () => {
  test('the mean of the errors among the first i, worked by hand', () => {
    expect(aurc(four)).toBeCloseTo((0 + 0 + 1 / 3 + 1 / 4) / 4, 12);
  });

  test('tied answers count with the mean over their orders: (1/2 + 1/2) / 2', () => {
    expect(aurc(rankOutcomes([0.9, 0.9], [true, false]))).toBeCloseTo(0.5, 12);
  });

  // numpy 2.4.6: mean of cumsum(wrong) / (1 … n)
  test('a thousand answers', () => {
    expect(aurc(thousand)).toBeCloseTo(0.3908374981956945, 12);
  });
});

describe('coverage at a chosen error', () => {
  test('the largest coverage counts, even beyond a stretch that errs more often', () => {
    expect(coverageAtError(four, 0.25)).toBe(1);
    expect(coverageAtError(four, 0.2)).toBe(0.5);
  });

  test('there is no coverage when the surest answers already err too often', () => {
    expect(coverageAtError(rankOutcomes([0.9, 0.8], [false, true]), 0.1)).toBe(0);
  });

  // numpy 2.4.6
  test.each([[0.05, 0.046], [0.1, 0.1], [0.2, 0.21], [0.3, 0.34]])('a thousand answers at error %f', (target, coverage) => {
    expect(coverageAtError(thousand, target)).toBeCloseTo(coverage, 12);
  });
});
