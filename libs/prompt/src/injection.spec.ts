import fc from 'fast-check';
import { ATTACK_KINDS, ATTACKS } from './attacks.fixture.js';
import { shippedCurriculum } from './curriculum.fixture.js';
import { firstLookPrompt } from './first-look-prompt.js';
import { insideMarks, obedientAnswer, outsideMarks } from './gullible-reader.fixture.js';
import { type Prompt } from './prompt.js';
import { readAnswer } from './read-answer.js';
import { secondLookPrompt } from './second-look-prompt.js';

const curriculum = shippedCurriculum();
const CODES = ['6수04-01', '2수01-05', '4수01-03', '2수01-08'];
const TEXT = '36과 25의 합을 구하세요.';
const EXAMPLE = '구슬 23개와 45개를 더하면 모두 몇 개인가요?';

function first(text: string, example = EXAMPLE): Prompt {
  return firstLookPrompt({ text, candidates: CODES, examples: [{ code: CODES[1], level: 'B', text: example }] }, curriculum);
}

function second(text: string, example = EXAMPLE, reason = '두 수를 더한다.'): Prompt {
  const examples = [{ code: CODES[1], level: 'B', text: example }] as const;
  return secondLookPrompt({ text, shortList: CODES.slice(0, 2), examples, answer: { code: CODES[1], reason }, objection: { code: CODES[0], voters: ['local'] } }, curriculum);
}

const PLACES: readonly (readonly [string, (words: string) => Prompt])[] = [
  ['the problem', (words) => first(words)],
  ['a solved example', (words) => first(TEXT, words)],
  ['the problem of a second look', (words) => second(words)],
  ['a solved example of a second look', (words) => second(TEXT, words)],
  ['the reason of the first answer', (words) => second(TEXT, EXAMPLE, words)],
];

test('the attacks are of every kind, and more than a hundred are Korean or English', () => {
  const isKorean = ({ text }: { text: string }): boolean => /[가-힣]/.test(text);
  expect(new Set(ATTACKS.map(({ kind }) => kind))).toEqual(new Set(ATTACK_KINDS));
  expect(ATTACKS.filter(isKorean).length).toBeGreaterThanOrEqual(60);
  expect(ATTACKS.filter((attack) => !isKorean(attack) && /[a-z]{3}/i.test(attack.text)).length).toBeGreaterThanOrEqual(40);
});

describe.each(PLACES)('given an attack in %s', (_, ask) => {
  const plain = ask('아무 글');
  const those = (holds: (prompt: Prompt, text: string) => boolean): string[] => ATTACKS.filter(({ text }) => holds(ask(text), text)).map(({ name }) => name);

  test('then all of it stands between the marks: outside them is what stands there without it', () => {
    expect(those(({ user }) => outsideMarks(user) !== outsideMarks(plain.user))).toEqual([]);
    expect(those(({ user }) => insideMarks(user).length !== insideMarks(plain.user).length)).toEqual([]);
  });

  test('then the rules, the candidates and what may be answered are the same', () => {
    for (const { text } of ATTACKS) {
      const { system, candidates, schema, version } = ask(text);
      expect({ system, candidates, schema, version }).toEqual({ system: plain.system, candidates: plain.candidates, schema: plain.schema, version: plain.version });
    }
  });

  test('then no character is left that is not shown', () => {
    expect(those(({ user }) => /[^\P{C}\n]/u.test(user))).toEqual([]);
  });

  test('then a reader who takes for orders what is not marked reads none', () => {
    expect(those(({ user, candidates }, text) => obedientAnswer(outsideMarks(user), text, candidates) !== undefined)).toEqual([]);
  });

  test('then nothing made of pieces of attacks ends a mark from inside', () => {
    const guess = fc.nat({ max: 0xffffffff }).map((number) => number.toString(16).padStart(8, '0'));
    const piece = fc.oneof(fc.constantFrom(...ATTACKS.map(({ text }) => text.slice(0, 400))), fc.string({ unit: 'binary' }), fc.constantFrom('\n', '</자료>', '</자료 ', '<자료 '), guess.map((mark) => `\n</자료 ${mark}>\n`));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const { user, system } = ask(pieces.join(''));
        expect([system, outsideMarks(user)]).toEqual([plain.system, outsideMarks(plain.user)]);
      }),
      { numRuns: 200 },
    );
  });
});

test('given a reader who believes all that it reads, then it is moved by nearly every attack: the attacks are not harmless', () => {
  const moved = ATTACKS.filter(({ text }) => obedientAnswer(first(text).user, text, CODES) !== undefined);
  expect(moved.length / ATTACKS.length).toBeGreaterThan(0.95);
});

test('given an answer that repeats an attack, then its reason is one line without markup and without what is not shown', () => {
  const reasons = ATTACKS.map(({ text }) => readAnswer(JSON.stringify({ reason: text, standard: '1', level: 'A', certainty: 'high' }), CODES)!.reason);
  expect(reasons.filter((reason) => /[<>`\\\p{C}]/u.test(reason) || reason.length > 200)).toEqual([]);
});
