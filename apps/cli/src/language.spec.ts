import { askedLanguage, chooseLanguage } from './language.js';

test.each([
  [undefined, {}, 'ko'],
  [undefined, { LANG: 'ko_KR.UTF-8' }, 'ko'],
  [undefined, { LANG: 'C.UTF-8' }, 'ko'],
  [undefined, { LANG: 'en_US.UTF-8' }, 'en'],
  [undefined, { LANG: 'en' }, 'en'],
  [undefined, { LANG: 'ko_KR.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [undefined, { LANG: 'en_US.UTF-8', LC_ALL: '' }, 'en'],
  [undefined, { LANG: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR' }, 'ko'],
  ['ko', { LANG: 'en_US.UTF-8' }, 'ko'],
  ['en', {}, 'en'],
  ['fr', {}, 'ko'],
])('asked for %s in the locale %j: %s', (asked, env, expected) => {
  expect(chooseLanguage(asked, env)).toBe(expected);
});

test.each([
  [['label', 'a.jsonl'], undefined],
  [['--lang', 'en', 'label', 'a.jsonl'], 'en'],
  [['label', 'a.jsonl', '--lang=en'], 'en'],
  [['label', '--lang'], undefined],
])('%j asks for %s', (args, expected) => {
  expect(askedLanguage(args)).toBe(expected);
});
