import { type Calibration, firstLook, fitCalibration, levelLook, secondLook } from './calibration.js';
import { judge } from './judge.js';
import { calibration, observations, votes } from './votes.fixture.js';

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

describe('the first look', () => {
  test('weighs the model’s scores and the neighbours, 5 and 3, and says how probable the best one is', () => {
    const { logits, order, confidence } = firstLook(votes([0.5, 0.2, -1, 0.3], [0, 1, 0.5, 0]), calibration);
    expect([...logits]).toEqual(near([2.5, 4, -3.5, 1.5]));
    expect(order).toEqual([1, 0, 3, 2]);
    expect(confidence).toBeCloseTo(Math.exp(4) / (Math.exp(2.5) + Math.exp(4) + Math.exp(-3.5) + Math.exp(1.5)), 5);
  });

  test('adds what is known beforehand', () => {
    expect([...firstLook(votes([0, 0, 0, 0], [0, 0, 0, 0]), calibration, Float32Array.of(-1, 0, -2, -3)).logits]).toEqual(near([-1, 0, -2, -3]));
  });

  test('ranks equal standards in curriculum order', () => {
    expect(firstLook(votes([0, 1, 0, 1], [0, 0, 0, 0]), calibration).order).toEqual([1, 3, 0, 2]);
  });
});

describe('the second look', () => {
  const torn = votes([0.02, 0, -0.01, -0.02], [1, 1, 1, 1], [-1, 1], { checks: Float32Array.of(0, 1, 0, 1) });
  const checked: Pick<Calibration, 'second'> = { second: { signals: [5, 3, 2], right: [0, 1] } };

  test('raises a standard of the short list that the checks speak for; one beyond the list keeps its place', () => {
    expect(secondLook(torn, firstLook(torn, calibration), checked).order).toEqual([1, 0, 2, 3]);
  });

  test('is as sure as its choice among the three is', () => {
    const [first, second, third] = [5 * 0.02, 2, 5 * -0.01].map(Math.exp);
    expect(secondLook(torn, firstLook(torn, calibration), checked).confidence).toBeCloseTo(second / (first + second + third), 5);
  });

  test('still heeds what is known beforehand', () => {
    const context = Float32Array.of(0, -4, 0, 0);
    expect(secondLook(torn, firstLook(torn, calibration), checked, context).order[0]).toBe(0);
  });

  test('that is sure enough accepts', () => {
    expect(judge(torn, { ...calibration, second: { signals: [5, 3, 9], right: [0, 1] } }, { errorTarget: 0.03 })).toMatchObject({
      standard: 1,
      decision: 'accepted',
      decidedBy: 'second look',
    });
  });
});

describe('the level', () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

  test.each([
    ['A', 1, 2, 'A', sigmoid(3.9)],
    ['B', -1, 1, 'B', sigmoid(3.3) - sigmoid(-3.9)],
    ['C', -2, -1, 'C', 1 - sigmoid(-3.3)],
    ['A, where the scores contradict each other', 0.1, -1, 'A', sigmoid(0.39)],
  ])('%s', (_case, a, aOrB, best, probability) => {
    const { level, confidence } = levelLook(votes([1, 0, 0, 0], undefined, [a, aOrB]), 0, calibration);
    expect([level, confidence]).toEqual([best, expect.closeTo(probability, 6)]);
  });

  test('is that of the decided standard', () => {
    const given = votes([1, 0, 0, 0]);
    const levels = (standard: number) => (standard === 2 ? Float32Array.of(-2, -2) : Float32Array.of(2, 2));
    const of = (standard: number) => levelLook({ ...given, local: { ...given.local, levels } }, standard, calibration).level;
    expect([of(0), of(2)]).toEqual(['A', 'C']);
  });
});

describe('fitting', () => {
  test('finds that the neighbours, who vote by chance, are worth next to nothing beside the model', () => {
    const [model, neighbours] = fitCalibration(observations(1000)).first.signals;
    expect(model).toBeGreaterThan(3);
    expect(Math.abs(neighbours)).toBeLessThan(0.5);
  });

  test('learns from the open problems what the checks are worth', () => {
    const helped = observations(1000).map((observation) => ({
      ...observation,
      votes: { ...observation.votes, checks: Float32Array.from([0, 1, 2, 3], (i) => (i === observation.standard ? 1 : 0)) },
    }));
    expect(fitCalibration(helped).second.signals[2]).toBeGreaterThan(3);
  });

  test('counts an open problem whose standard is not on the short list as wrong, and learns no weights from it', () => {
    const missed = observations(1000).map((observation, i) => (i % 10 === 0 ? { ...observation, standard: (i + 3) % 4 } : observation));
    const { second } = fitCalibration(missed);
    expect([...second.signals, ...second.right].every(Number.isFinite)).toBe(true);
    expect(second.signals[0]).toBeGreaterThan(1);
  });

  test('is the same for the same problems, and counts them', () => {
    const fitted = fitCalibration(observations(500));
    expect(fitCalibration(observations(500))).toEqual(fitted);
    expect(fitted.problems).toBe(500);
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
  });
});
