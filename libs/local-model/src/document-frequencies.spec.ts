import { countDocuments, documentFrequency } from './document-frequencies.js';

const problems = [
  [Uint32Array.of(5, 7), Uint32Array.of(9)],
  [Uint32Array.of(5), Uint32Array.of(5 + 2 ** 20, 5 + 2 ** 31)],
  [Uint32Array.of(7), Uint32Array.of()],
];

describe('document frequencies', () => {
  test.each([
    ['a feature of two problems', 5, 2],
    ['a feature of one problem', 9, 1],
    ['a feature of none', 11, 0],
    ['a feature that shares its low 20 bits with another', 5 + 3 * 2 ** 20, 2],
  ])('%s', (_case, hash, frequency) => {
    expect(documentFrequency(countDocuments(problems), hash)).toBe(frequency);
  });

  test('a slot that a problem fills three times, in two blocks, counts once', () => {
    expect(documentFrequency(countDocuments([problems[1]]), 5)).toBe(1);
  });

  test('the problems are counted too', () => {
    expect(countDocuments(problems).problems).toBe(3);
  });

  test('a counter stays at the largest number that it can hold', () => {
    const many = new Array<Uint32Array[]>(2 ** 16 + 10).fill(problems[0]);
    expect(documentFrequency(countDocuments(many), 5)).toBe(2 ** 16 - 1);
  });
});
