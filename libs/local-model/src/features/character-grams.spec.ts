import fc from 'fast-check';
import { characterGrams, hashCharacterGrams, squeeze } from './character-grams.js';
import { hashFeature } from './blocks.js';
import { DistinctHashes } from './hashing.js';

test('spaces and capitals do not count', () => {
  expect(squeeze('3 L 들이\n물통 ')).toBe('3l들이물통');
});

test('every run of one, two and three characters is a gram, an emoji one character', () => {
  expect(characterGrams('수🍎의')).toEqual(['c1:수', 'c1:🍎', 'c1:의', 'c2:수🍎', 'c2:🍎의', 'c3:수🍎의']);
  expect(characterGrams('')).toEqual([]);
});

test('the hashes are those of the readable grams', () => {
  const distinct = new DistinctHashes();
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[가나□1🍎]*$/u)), (text) => {
      distinct.start();
      hashCharacterGrams('w', text, distinct);
      expect(new Set(distinct.take())).toEqual(new Set(characterGrams(text).map((gram) => hashFeature('w', gram))));
    }),
  );
});
