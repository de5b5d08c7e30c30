import { countDocuments, documentFrequency } from './document-frequencies.js';
import { hashedCorpus } from './hashed-corpus.js';

const corpus = hashedCorpus(
  ['c', 'w'],
  [
    [Uint32Array.of(5, 7), Uint32Array.of(9)],
    [Uint32Array.of(5), Uint32Array.of(5 + 2 ** 20, 5 + 2 ** 31)],
    [Uint32Array.of(7), Uint32Array.of()],
  ],
);

describe('document frequencies', () => {
  test.each([
    ['a feature of two problems', 5, 2],
    ['a feature of one problem', 9, 1],
    ['a feature of none', 11, 0],
    ['a feature that shares its low 20 bits with another', 5 + 3 * 2 ** 20, 2],
  ])('%s', (_case, hash, frequency) => {
    expect(documentFrequency(countDocuments(corpus, [0, 1, 2]), hash)).toBe(frequency);
  });

  test('a slot that a problem fills three times, in two blocks, counts once', () => {
    expect(documentFrequency(countDocuments(corpus, [1]), 5)).toBe(1);
  });

  test('only the rows asked for count', () => {
    const frequencies = countDocuments(corpus, [2]);
    expect([frequencies.problems, documentFrequency(frequencies, 5), documentFrequency(frequencies, 7)]).toEqual([1, 0, 1]);
  });

  test('a counter stays at the largest number that it can hold', () => {
    const rows = Array.from({ length: 2 ** 16 + 10 }, (_, i) => i % 2);
    expect(documentFrequency(countDocuments(corpus, rows), 5)).toBe(2 ** 16 - 1);
  });
});
