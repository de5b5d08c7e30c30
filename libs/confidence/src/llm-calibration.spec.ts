import { seededRandom } from '@math-labeler/evaluation';
import { type Calibration, firstLook, fitLlmCalibration, levelLook, type Observation } from './calibration.js';
import { judge } from './judge.js';
import { SHIPPED_LLM_CALIBRATION } from './llm-calibration.js';
import { type LlmSay, type LlmSays } from './llm-signals.js';
import { calibration, observations, votes } from './votes.fixture.js';

const say = (standard: number | undefined, changes: Partial<LlmSay> = {}): LlmSay => ({ standard, level: 1, certainty: 'medium', ...changes });
const says = (...first: LlmSay[]): { readonly llm: LlmSays } => ({ llm: { first, second: [] } });
const undecided = [0.1, 0, -1, -1];

describe('a language model’s vote', () => {
  test('makes a standard that it names surer, and one that it does not name less sure', () => {
    const confidence = (llm?: LlmSays): number => firstLook(votes(undecided, [1, 1, 0, 0], [0, 0], { llm }), calibration).confidence;
    expect(confidence(says(say(0)).llm)).toBeGreaterThan(confidence() + 0.2);
    expect(confidence(says(say(0, { certainty: 'high' })).llm)).toBeGreaterThan(confidence(says(say(0)).llm));
    expect(confidence(says(say(undefined)).llm)).toBeLessThan(confidence() - 0.2);
  });

  test('turns what the others leave open, and not what they are sure of', () => {
    expect(firstLook(votes(undecided, [1, 1, 0, 0], [0, 0], says(say(1))), calibration).order[0]).toBe(1);
    expect(firstLook(votes([1, 0, -1, -1], [1, 0, 0, 0], [0, 0], says(say(1))), calibration).order[0]).toBe(0);
  });

  test('counts more when it is kept against an objection', () => {
    const others = votes([0.5, 0, -1, -1], [1, 0.7, 0, 0]);
    const kept: LlmSays = { first: [say(1, { certainty: 'high' })], second: [say(1, { certainty: 'high' })] };
    expect(judge({ ...others, llm: { ...kept, second: [] } }, calibration, { errorTarget: 0.03 }).standard).toBe(0);
    expect(judge({ ...others, llm: kept }, calibration, { errorTarget: 0.03 }).standard).toBe(1);
  });

  test('goes to a person where it overrules all others, and not where the context speaks for the same', () => {
    const others = votes([0.5, 0, -1, -1], [1, 0, 0, 0]);
    const insists: LlmSays = { first: [say(1, { certainty: 'high' })], second: [say(1, { certainty: 'high' })] };
    const judged = (context?: Float32Array) => judge({ ...others, llm: insists }, { ...calibration, operatingPoints: [{ threshold: 0.1, coverage: 1, error: 0 }] }, { errorTarget: 0.03, context });
    expect(judged(Float32Array.of(-2, 0, -2, -2))).toMatchObject({ standard: 1, decision: 'review' });
    expect(judged(Float32Array.of(-9, 0, -9, -9))).toMatchObject({ standard: 1, decision: 'accepted' });
  });

  test('speaks for a level where it chose the standard', () => {
    const level = (llm: LlmSays): string => levelLook(votes(undecided, [1, 0, 0, 0], [-0.1, 0.1], { llm }), 0, calibration).level;
    expect([level(says(say(0, { level: 0 })).llm), level(says(say(0, { level: 2 })).llm)]).toEqual(['A', 'C']);
    expect(level(says(say(1, { level: 0 })).llm)).toBe(level(says(say(2, { level: 2 })).llm));
  });
});

describe('fitting', () => {
  const reader = (skill: number, count = 400): Observation[] => {
    const random = seededRandom(7);
    return observations(count).map((one) => {
      const right = random(1000) < 1000 * skill;
      const sure = right === random(1000) < 800;
      return { ...one, votes: { ...one.votes, ...says(say(right ? one.standard : (one.standard + 1 + random(3)) % 4, { certainty: sure ? 'high' : 'low', level: one.level })) } };
    });
  };
  const confidences = (some: readonly Observation[], llm: Calibration['llm']) => some.map(({ votes: cast, standard }) => ({ ...firstLook(cast, { ...calibration, llm }), standard }));
  const gap = (some: readonly Observation[], llm: Calibration['llm']): number => {
    const found = confidences(some, llm);
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    return Math.abs(mean(found.map(({ confidence }) => confidence)) - mean(found.map(({ order, standard }) => Number(order[0] === standard))));
  };

  test('a model that is nearly always right gets more weight than the shipped one, a bad one less', () => {
    const [weight] = SHIPPED_LLM_CALIBRATION.signals;
    expect(fitLlmCalibration(reader(0.98), calibration).signals[0]).toBeGreaterThan(weight + 0.2);
    expect(fitLlmCalibration(reader(0.3), calibration).signals[0]).toBeLessThan(weight - 1);
  });

  test.each([0.98, 0.8, 0.3])('afterwards confidence is as high as labels are right: a reader of skill %d', (skill) => {
    const fitted = fitLlmCalibration(reader(skill), calibration);
    expect(fitted.problems).toBe(400);
    expect(gap(reader(skill), fitted)).toBeLessThan(0.03);
  });

  test('a few problems leave the shipped weights nearly as they were, and none leave them', () => {
    const { signals } = fitLlmCalibration(reader(0.98, 3), calibration);
    signals.forEach((weight, i) => expect(Math.abs(weight - SHIPPED_LLM_CALIBRATION.signals[i])).toBeLessThan(0.8));
    expect(fitLlmCalibration([], calibration)).toEqual({ ...SHIPPED_LLM_CALIBRATION, problems: 0 });
  });

  test('problems that no language model was asked about teach nothing', () => {
    const some = reader(0.8);
    expect(fitLlmCalibration([...some, ...observations(50)], calibration)).toEqual(fitLlmCalibration(some, calibration));
  });
});
