import fc from 'fast-check';
import { type Choice, combine, fitConditionalLogit, softmax } from './conditional-logit.js';

function choice(right: number, ...signals: number[][]): Choice {
  return { right, signals: signals.map((signal) => Float32Array.from(signal)) };
}

const six = [
  choice(0, [1.5, 0.5, -0.5], [0.25, 1, 0]),
  choice(1, [0.25, 0.75, 1], [1, 0, 0.5]),
  choice(2, [-1, 0.5, 1.25], [0, 0.5, 1]),
  choice(1, [0.5, 0.25, 0], [0, 1, 0.75]),
  choice(0, [2, -1, 0.5], [1, 0.25, 0]),
  choice(0, [0.75, 1, -0.25], [0.5, 1, 0]),
];

describe('weights of signals', () => {
  // scipy 1.17.1: minimize(BFGS) of the likelihood with the same ridge of 0.001
  test('are at the optimum', () => {
    expect(fitConditionalLogit(six)).toEqual([expect.closeTo(2.25484947, 4), expect.closeTo(-0.1174538, 4)]);
  });

  test('do not depend on what is added to all options of a choice', () => {
    const shifted = six.map(({ right, signals }) => ({ right, signals: signals.map((signal, s) => signal.map((value) => value + 3 * s - 8)) }));
    expect(fitConditionalLogit(shifted)).toEqual(fitConditionalLogit(six).map((weight) => expect.closeTo(weight, 3)));
  });

  // What the ridge takes from a weight of 2.25 is nothing beside the likelihood, so the weights follow the scale
  test.each([100, 1000])('signals %d times as strong do not make the fit diverge: their weights are that much smaller', (factor) => {
    const strong = six.map(({ right, signals }) => ({ right, signals: signals.map((signal) => signal.map((value) => value * factor)) }));
    const [first, second] = fitConditionalLogit(strong).map((weight) => weight * factor);
    expect(first).toBeCloseTo(2.26, 1);
    expect(second).toBeCloseTo(-0.12, 1);
  });

  test('of a signal that is always right stay finite', () => {
    const [weight] = fitConditionalLogit(Array.from({ length: 100 }, (_, k) => choice(k % 3, [0, 1, 2].map((i) => (i === k % 3 ? 1 : 0)))));
    expect(weight).toBeGreaterThan(5);
    expect(weight).toBeLessThan(50);
  });
});

describe('log-odds of options', () => {
  const signals = [Float32Array.of(1, 0, 2), Float32Array.of(0.5, 1, 0)];

  test('are the weighted sum of the signals', () => {
    expect([...combine(signals, [2, -1])]).toEqual([1.5, -1, 4]);
  });

  test('add to what is known beforehand, which stays as it is', () => {
    const prior = Float32Array.of(0, -6, 1);
    expect([...combine(signals, [2, -1], prior)]).toEqual([1.5, -7, 5]);
    expect([...prior]).toEqual([0, -6, 1]);
  });
});

describe('probabilities', () => {
  test('of log-odds 0, ln 2 and ln 5 are 1/8, 2/8 and 5/8', () => {
    expect([...softmax(Float32Array.of(0, Math.log(2), Math.log(5)))]).toEqual([1 / 8, 2 / 8, 5 / 8].map((p) => expect.closeTo(p, 6)));
  });

  test('sum to 1 and rank as their log-odds do, however large these are', () => {
    const odds = fc.float32Array({ minLength: 1, maxLength: 40, min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(odds, (logits) => {
        const probabilities = softmax(logits);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
        logits.forEach((logit, i) => expect(logit > logits[0] ? probabilities[i] >= probabilities[0] : probabilities[i] <= probabilities[0]).toBe(true));
      }),
    );
  });
});
