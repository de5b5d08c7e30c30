import fc from 'fast-check';
import { acceptanceThreshold, firstLook, fitCalibration } from './calibration.js';
import { judge } from './judge.js';
import { learnSourceCalibration } from './source-calibration.js';
import { calibration, observations, votes } from './votes.fixture.js';

const sure = votes([2, -1, -1, -1]);
const torn = votes([0.01, 0, -1, -1], [1, 0.9, 0, 0]);

describe('calibration', () => {
  const fitted = fitCalibration(observations(4000));

  test('says how often its best standard is right, on problems it was not fitted on', () => {
    const fresh = observations(8000).slice(4000);
    for (const [from, to] of [[0.5, 0.7], [0.7, 0.85], [0.85, 1]]) {
      const those = fresh.map((o) => ({ o, verdict: firstLook(o.votes, fitted) })).filter(({ verdict }) => verdict.confidence >= from && verdict.confidence < to);
      const right = those.filter(({ o, verdict }) => verdict.order[0] === o.standard).length / those.length;
      const said = those.reduce((sum, { verdict }) => sum + verdict.confidence, 0) / those.length;
      expect(those.length).toBeGreaterThan(300);
      expect(Math.abs(right - said)).toBeLessThan(0.04);
    }
  });

  test('a stricter error target needs more confidence; one that nothing met accepts nothing', () => {
    const [strict, usual, loose] = [0.01, 0.03, 0.1].map((target) => acceptanceThreshold(calibration, target));
    expect(strict).toBeGreaterThan(usual);
    expect(usual).toBeGreaterThan(loose);
    expect(usual).toBe(0.7);
    expect(acceptanceThreshold({ operatingPoints: [{ threshold: 0.9, coverage: 1, error: 0.2 }] }, 0.03)).toBe(Infinity);
  });

  test('few open problems leave the second look as the first, with no weight for the checks', () => {
    const few = fitCalibration(observations(60).map((o) => ({ ...o, standard: [...o.votes.local.standards].indexOf(Math.max(...o.votes.local.standards)) })));
    expect(few.second).toEqual({ ...few.first, signals: [...few.first.signals, 0] });
  });
});

describe('the judge', () => {
  test('accepts what the votes are sure of', () => {
    const judgement = judge(sure, calibration, { errorTarget: 0.03 });
    expect(judgement).toMatchObject({ standard: 0, decision: 'accepted', decidedBy: 'votes', withoutContext: 0 });
    expect(judgement.confidence).toBeGreaterThan(judgement.threshold);
  });

  test('leaves to a person, after a second look, what it cannot tell apart, with what the first look found', () => {
    const judgement = judge(torn, calibration, { errorTarget: 0.03 });
    expect(judgement).toMatchObject({ decision: 'review', decidedBy: 'second look' });
    expect(judgement.confidence).toBe(firstLook(torn, calibration).confidence);
    expect(judgement.ranking).toEqual(firstLook(torn, calibration).order);
  });

  test('a text that says no more is never surer than that', () => {
    expect(judge({ ...sure, ceiling: 0.4 }, calibration, { errorTarget: 0.03 })).toMatchObject({ decision: 'review', confidence: 0.4 });
  });

  test('the context can change the label, and the judgement says what it would have been', () => {
    const context = Float32Array.of(-6, 0, 0, 0);
    expect(judge(torn, calibration, { errorTarget: 0.03, context })).toMatchObject({ standard: 1, withoutContext: 0 });
    expect(judge(sure, calibration, { errorTarget: 0.03, context })).toMatchObject({ standard: 0 });
  });

  test('a context that says nothing changes nothing, whichever look decides', () => {
    const flipped = { ...torn, checks: Float32Array.of(0, 1, 0, 0) };
    const keen = { ...calibration, second: { signals: [5, 3, 9], right: [3, 1] } };
    expect(judge(flipped, keen, { errorTarget: 0.03, context: new Float32Array(4) })).toMatchObject({ standard: 1, withoutContext: 1, decidedBy: 'second look' });
  });

  test('a source whose reviewed labels were often wrong is believed less', () => {
    const reviewed = Array.from({ length: 60 }, (_, i) => ({ confidence: 0.95, right: i % 2 === 0 }));
    const source = learnSourceCalibration(reviewed, reviewed);
    const [before, after] = [undefined, source].map((source) => judge(sure, calibration, { errorTarget: 0.03, source }));
    expect(after.confidence).toBeLessThan(before.confidence);
    expect(after.levelConfidence).toBeLessThan(before.levelConfidence);
  });

  test.each([
    [[2, 3], 'A'],
    [[-2, 2], 'B'],
    [[-3, -2], 'C'],
  ] as const)('level scores %j mean %s', (level, expected) => {
    expect(judge(votes([2, -1, -1, -1], undefined, [level[0], level[1]]), calibration, { errorTarget: 0.03 }).level).toBe(expected);
  });

  test('whatever the votes, probabilities are probabilities and the ranking holds every standard once', () => {
    const score = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(score, score, score, score), fc.tuple(score, score), fc.double({ min: 0.05, max: 1, noNaN: true }), (scores, level, ceiling) => {
        const { confidence, levelConfidence, probabilities, ranking, standard } = judge(votes(scores, [1, 0.5, 0, 0], level, { ceiling }), calibration, { errorTarget: 0.03 });
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeLessThan(1.0001);
        expect(Math.max(...probabilities)).toBe(probabilities[standard]);
        expect([...probabilities, confidence, levelConfidence].every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(probabilities[standard]).toBeCloseTo(confidence, 5);
        expect([...ranking].sort()).toEqual([0, 1, 2, 3]);
      }),
    );
  });
});
