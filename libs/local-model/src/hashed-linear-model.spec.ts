import { type DocumentFrequencies } from './document-frequencies.js';
import { HashedLinearModel } from './hashed-linear-model.js';
import { LinearClassifier } from './linear-classifier.js';

const COLUMNS = 16;
const frequencies: DocumentFrequencies = { problems: 3, counts: new Uint16Array(2 ** 20).fill(1, 0, COLUMNS) };
const recipe = { shares: { c: 1 }, columns: COLUMNS };
const model = (...biases: number[]) => new HashedLinearModel(recipe, ['c'], frequencies, new LinearClassifier(biases.length, new Float32Array(COLUMNS * biases.length), Float32Array.from(biases)));
/** A text with one feature: its vector has length 1, with the bias √2. */
const text = [Uint32Array.of(1)];
const other = [Uint32Array.of(2)];

describe('a passive-aggressive step', () => {
  // PA-I: loss 1 − (0.25 − 1) = 1.75 over 2 · 2 is 0.4375, at most the largest step; each side moves by step · 2
  test.each([
    ['of the loss over twice the squared length', 1, [0.25 + 0.875, 1 - 0.875, 0]],
    ['of the largest size allowed', 0.1, [0.25 + 0.2, 1 - 0.2, 0]],
  ])('%s raises the target, lowers its strongest rival and leaves the third', (_case, largestStep, scores) => {
    const corrected = model(0.25, 1, 0);
    corrected.correct(text, 0, largestStep);
    expect([...corrected.scores(text)]).toEqual(scores.map((score) => expect.closeTo(score, 6)));
  });

  test('a target that leads by 1 stays as it is', () => {
    const corrected = model(2, 1, 0);
    corrected.correct(text, 0, 1);
    expect([...corrected.scores(text)]).toEqual([2, 1, 0]);
  });

  test('a text of other features moves by the bias alone', () => {
    const corrected = model(0, 0, -1);
    corrected.correct(text, 0, 0.1);
    expect([...corrected.scores(other)]).toEqual([expect.closeTo(0.1, 6), expect.closeTo(-0.1, 6), -1]);
  });

  test.each([
    ['to at least 1', true, 0.5, 1],
    ['to at most -1', false, 0.5, -1],
    ['no further than it is, when it is beyond', true, 1.5, 1.5],
  ])('one side moves %s', (_case, positive, before, after) => {
    const corrected = model(before, 0);
    corrected.correctSide(text, 0, positive, 5);
    expect([...corrected.scores(text)]).toEqual([expect.closeTo(after, 6), 0]);
  });
});

test('a model comes back from its arrays', () => {
  const trained = model(1, 2);
  trained.correct(text, 0, 0.2);
  const restored = HashedLinearModel.fromArrays(recipe, ['c'], trained.toArrays());
  expect(restored.scores(text)).toEqual(trained.scores(text));
});
