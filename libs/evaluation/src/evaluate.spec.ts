import { evaluate } from './evaluate.js';
import { type Judged } from './judged.js';

const branches: Record<string, { domain: string; unit: string }> = {
  '2수01-01': { domain: '수와 연산', unit: '네 자리 이하의 수' },
  '2수01-02': { domain: '수와 연산', unit: '네 자리 이하의 수' },
  '2수01-05': { domain: '수와 연산', unit: '두 자리 수 범위의 덧셈과 뺄셈' },
  '2수03-01': { domain: '도형과 측정', unit: '입체도형의 모양' },
};
const branchOf = (code: string) => branches[code];
const areConfusable = (first: string, second: string) => first === '2수01-01' && second === '2수01-02';

function judged(gold: string | string[], predicted: string, rest: Partial<Judged> & { goldLevel?: Judged['gold']['level'] } = {}): Judged {
  const { goldLevel, ...others } = rest;
  return {
    gold: { codes: [gold].flat(), level: goldLevel },
    predicted: { code: predicted, level: 'B' },
    ranked: [predicted, ...Object.keys(branches).filter((code) => code !== predicted)],
    confidence: 0.9,
    accepted: true,
    ...others,
  };
}

/** Four problems: right; a sibling in its unit; another unit of the domain; another domain. */
const four = [
  judged('2수01-01', '2수01-01', { goldLevel: 'B', levelConfidence: 0.8, confidence: 0.95 }),
  judged('2수01-01', '2수01-02', { goldLevel: 'B', levelConfidence: 0.6, confidence: 0.8, ranked: ['2수01-02', '2수01-05', '2수03-01', '4수01-01', '4수01-02', '2수01-01'] }),
  judged('2수01-01', '2수01-05', { goldLevel: 'A', confidence: 0.5, accepted: false }),
  judged('2수03-01', '2수01-05', { confidence: 0.4, accepted: false }),
];

describe('evaluation', () => {
  const evaluation = evaluate(four, { branchOf, areConfusable });

  test('accuracy at each height of the curriculum', () => {
    expect(evaluation.n).toBe(4);
    expect(evaluation.standard.top1).toBe(0.25);
    expect(evaluation.standard.top5).toBe(0.75);
    expect(evaluation.unit.top1).toBe(0.5);
    expect(evaluation.domain.top1).toBe(0.75);
  });

  test('macro accuracy is the mean over standards: 1/3 and 0', () => {
    expect(evaluation.standard.macro).toBeCloseTo(1 / 6, 12);
    expect(evaluation.standards).toMatchObject([{ code: '2수03-01', n: 1, right: 0, top1: 0 }, { code: '2수01-01', n: 3, right: 1, top1: 1 / 3 }]);
  });

  test('level and label count over the problems whose level is known', () => {
    expect(evaluation.level).toMatchObject({ n: 3, top1: 2 / 3 });
    expect(evaluation.label).toMatchObject({ n: 3, top1: 1 / 3 });
  });

  test('a level without a probability does not enter the honesty of the level', () => {
    expect(evaluation.level.ece).toBeCloseTo((0.2 + 0.4) / 2, 12);
    expect(evaluation.level.auroc).toBeNull();
  });

  test('what was accepted, and how often that was wrong', () => {
    expect(evaluation.coverageAt3).toBe(0.5);
    expect(evaluation.acceptedError).toBe(0.5);
  });

  test('every share stands beside an interval that holds it', () => {
    const { standard, unit, coverageAt3, coverageAt3Interval } = evaluation;
    for (const [value, interval] of [[standard.top1, standard.top1Interval], [unit.top1, unit.top1Interval], [coverageAt3, coverageAt3Interval]] as const) {
      expect(interval?.[0]).toBeLessThan(value ?? NaN);
      expect(interval?.[1]).toBeGreaterThan(value ?? NaN);
    }
    // scipy 1.17.1, binomtest(1, 4).proportion_ci(method='wilson')
    expect(standard.top1Interval).toEqual([expect.closeTo(0.0456, 4), expect.closeTo(0.6994, 4)]);
  });

  test('confusions are split by how near the wrong standard was', () => {
    expect(evaluation.confusions).toMatchObject({ sameUnit: 1, sameDomain: 1, otherDomain: 1, listed: 1 });
    expect(evaluation.confusions.pairs).toContainEqual({ codes: ['2수01-01', '2수01-02'], errors: 1, directions: [1, 0], relation: 'sameUnit', listed: true });
  });

  test('both directions of a confusion are one pair', () => {
    const { confusions } = evaluate([judged('2수01-01', '2수01-02'), judged('2수01-02', '2수01-01'), judged('2수01-02', '2수01-01')], { branchOf });
    expect(confusions.pairs).toEqual([{ codes: ['2수01-01', '2수01-02'], errors: 3, directions: [1, 2], relation: 'sameUnit', listed: false }]);
  });

  test('any of several right codes is right, and the main one names the row', () => {
    const { standard, unit, standards } = evaluate([judged(['2수01-01', '2수03-01'], '2수03-01')], { branchOf });
    expect([standard.top1, unit.top1]).toEqual([1, 1]);
    expect(standards.map(({ code }) => code)).toEqual(['2수01-01']);
  });

  test('a predicted code that the curriculum does not know is wrong everywhere', () => {
    expect(evaluate([judged('2수01-01', '9수99-99')], { branchOf })).toMatchObject({ standard: { top1: 0 }, domain: { top1: 0 }, confusions: { otherDomain: 1 } });
  });

  test('the order of the problems does not matter', () => {
    expect(evaluate([...four].reverse(), { branchOf, areConfusable })).toEqual(evaluation);
  });

  test('it survives JSON unchanged: no NaN, nothing undefined', () => {
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    const nothing = evaluate([], { branchOf });
    expect(JSON.parse(JSON.stringify(nothing))).toEqual(nothing);
    expect(nothing).toMatchObject({ n: 0, standard: { top1: null, top1Interval: null }, ece: null, acceptedError: null, riskCoverage: [] });
  });
});
