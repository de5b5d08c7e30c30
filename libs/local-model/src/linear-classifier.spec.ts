import fc from 'fast-check';
import { LinearClassifier, quantise, restore, trainClassifier } from './linear-classifier.js';

/** Two classes over three columns. */
const small = () => new LinearClassifier(2, Float32Array.of(1, -1, 0.5, 2, 0, 0.25), Float32Array.of(0.125, -0.5));
const text = { indices: Uint32Array.of(0, 2), values: Float32Array.of(0.5, 2) };

describe('a linear classifier', () => {
  test('a score is the bias and each value times its weight', () => {
    expect([...small().scores(text)]).toEqual([0.125 + 0.5 * 1 + 2 * 0, -0.5 + 0.5 * -1 + 2 * 0.25]);
  });

  test('a nudge raises one class on its text by step × (squared length + 1) and no other class', () => {
    const classifier = small();
    const [before, other] = classifier.scores(text);
    classifier.nudge(text, 0, 0.5);
    expect([...classifier.scores(text)]).toEqual([before + 0.5 * (0.25 + 4 + 1), other]);
  });
});

describe('training class by class', () => {
  const options = { cost: 5, tolerance: 1e-3, maxEpochs: 1000, seed: 1 };
  const matrix = { offsets: Uint32Array.of(0, 1, 2, 3, 4), indices: Uint32Array.of(10, 20, 30, 10), values: Float32Array.of(1, 1, 1, 0.75) };
  const labels = [0, 1, 2, 0];
  const train = (onClass?: (done: number) => void) => trainClassifier(matrix, 32, 3, (row, target) => labels[row] === target, Float32Array.of(1, 1, 1, 1), options, onClass);

  test.each([
    [10, 0],
    [20, 1],
    [30, 2],
  ])('a text with only column %d is of class %d', (column, expected) => {
    const scores = train().scores({ indices: Uint32Array.of(column), values: Float32Array.of(1) });
    expect(scores.map((score, k) => (score > 0 === (k === expected) ? 1 : 0))).toEqual(Float32Array.of(1, 1, 1));
  });

  test('hears after each class and can be stopped there', () => {
    const heard: number[] = [];
    train((done) => heard.push(done));
    expect(heard).toEqual([1, 2, 3]);
    const stop = new Error('enough');
    expect(() => train((done) => { if (done === 2) throw stop; })).toThrow(stop);
  });
});

describe('weights as whole numbers', () => {
  test('a weight moves by at most half a unit, and none overtakes another', () => {
    const weights = fc.float32Array({ minLength: 2, maxLength: 30, noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e6), max: Math.fround(1e6) });
    fc.assert(
      fc.property(weights, (written) => {
        const whole = quantise(new LinearClassifier(1, written, new Float32Array(1)));
        fc.pre(whole.unit > 1e-30);
        const read = restore(whole).weights;
        written.forEach((weight, i) => expect(Math.abs(read[i] - weight)).toBeLessThanOrEqual(whole.unit * 0.50001));
        const order = [...written.keys()].sort((a, b) => written[a] - written[b]);
        order.slice(1).forEach((at, i) => expect(read[at]).toBeGreaterThanOrEqual(read[order[i]]));
      }),
    );
  });

  test('the largest weight is 127 units, and biases stay as they are', () => {
    expect(quantise(small())).toEqual({
      classes: 2,
      unit: 2 / 127,
      weights: Int8Array.of(Math.round(63.5), -63, 32, 127, 0, 16),
      biases: Float32Array.of(0.125, -0.5),
    });
  });

  test('scores of a text rank as before', () => {
    const before = small().scores(text);
    const after = restore(quantise(small())).scores(text);
    expect(after[0] > after[1]).toBe(before[0] > before[1]);
    expect([...after]).toEqual([...before].map((score) => expect.closeTo(score, 1)));
  });

  test('a classifier that learnt nothing comes back as it was', () => {
    expect(restore(quantise(new LinearClassifier(2, new Float32Array(4), Float32Array.of(1, 2))))).toEqual(new LinearClassifier(2, new Float32Array(4), Float32Array.of(1, 2)));
  });
});
