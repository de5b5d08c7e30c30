import { USER_DICTIONARY } from './user-dictionary.js';

const words = USER_DICTIONARY.map((rule) => rule.split(' ')[0]);

test('no term has one syllable: it would tear ordinary words apart', () => {
  expect(words.filter((word) => word.length < 2)).toEqual([]);
});

test('no term stands there twice, which Nori refuses', () => {
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
});

test('the parts of a compound give the compound, as Nori asks', () => {
  expect(USER_DICTIONARY.filter((rule) => rule.includes(' ')).length).toBeGreaterThan(50);
  for (const rule of USER_DICTIONARY) {
    const [word, ...parts] = rule.split(' ');
    if (parts.length > 0) expect(parts.join('')).toBe(word);
  }
});

test('every term is Hangul alone', () => {
  expect(words.filter((word) => !/^[가-힣]+$/.test(word))).toEqual([]);
});

test.each(['놀이하는', '프로그램', '아이들이', '이해한다', '변화', '근거'])('the ordinary word %s holds no term', (word) => {
  expect(words.filter((term) => word.includes(term))).toEqual([]);
});
