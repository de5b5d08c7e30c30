import fc from 'fast-check';
import { hashedCorpus, hashesOf } from './hashed-corpus.js';

describe('a corpus of hashed features', () => {
  const hashes = fc.uint32Array({ maxLength: 5 });

  test('gives every block back as it went in, empty ones too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hashes, hashes, hashes), { maxLength: 6 }), (texts) => {
        const corpus = hashedCorpus(['c', 'w', 'm'], texts);
        expect(texts.map((_, row) => hashesOf(corpus, row))).toEqual(texts);
      }),
    );
  });

  test('lies in memory that threads share', () => {
    const { offsets, hashes } = hashedCorpus(['c'], [[Uint32Array.of(1, 2)]]);
    expect([offsets.buffer, hashes.buffer].map((buffer) => buffer instanceof SharedArrayBuffer)).toEqual([true, true]);
  });
});
