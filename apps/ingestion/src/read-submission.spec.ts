import { LONGEST_ID, LONGEST_TEXT, readSubmission } from './read-submission.js';

const OWN = 'own-id';
const problemOf = (value: unknown) => {
  const reading = readSubmission(value, OWN, 'mask');
  return reading.kind === 'problem' ? reading.problem : reading;
};
const faultOf = (value: unknown) => {
  const reading = readSubmission(value, OWN, 'mask');
  return reading.kind === 'rejected' ? [reading.rejection.code, reading.rejection.field, reading.id] : reading;
};

describe('a submission that is a problem', () => {
  test.each([
    ['as documented', { id: '7', content: '구슬은 몇 개인가요?' }, '7'],
    ['with a number for an id', { id: 7, content: '구슬은 몇 개인가요?' }, '7'],
    ['under the other name', { id: '7', text: '구슬은 몇 개인가요?' }, '7'],
    ['with null for what it does not have', { id: null, content: null, text: '구슬은 몇 개인가요?', metadata: null }, OWN],
    ['without an id', { content: '구슬은 몇 개인가요?' }, OWN],
    ['with an empty id', { id: ' ', content: '구슬은 몇 개인가요?' }, OWN],
    ['with fields that nobody knows', { id: '7', content: '구슬은 몇 개인가요?', answer: 5 }, '7'],
    ['with both names, of which the first counts', { id: '7', content: '구슬은 몇 개인가요?', text: '다른 글' }, '7'],
    ['with an id of the greatest length, in characters', { id: '😀'.repeat(LONGEST_ID), content: '구슬은 몇 개인가요?' }, '😀'.repeat(LONGEST_ID)],
  ])('%s is read', (_, value, id) => {
    expect(problemOf(value)).toEqual({ id, content: '구슬은 몇 개인가요?', text: '구슬은 몇 개인가요?', keywords: expect.arrayContaining(['구슬']) });
  });

  test('keeps its text as it came beside the normalised one', () => {
    expect(problemOf({ id: '1', content: '  <p>３ × ４ 는?</p>' })).toMatchObject({ content: '  <p>３ × ４ 는?</p>', text: expect.stringMatching(/^3.*는\?$/) });
  });

  test('gets its metadata back, whatever is in it', () => {
    const metadata = { grade: 3, source: '문제집', own: { page: [1, null] } };
    expect(problemOf({ id: '1', content: '3 + 4 = ', metadata })).toMatchObject({ metadata });
  });
});

describe('personal data', () => {
  const content = '이름: 김민수\n3 + 4 = □';

  test('is in neither text nor keywords, and in the content as it came', () => {
    expect(problemOf({ id: '1', content })).toMatchObject({ content, text: '이름: [이름]\n3 + 4 = □', keywords: expect.not.arrayContaining(['김민수']) });
  });

  test('stays where it is to be kept', () => {
    expect(readSubmission({ id: '1', content }, OWN, 'keep')).toMatchObject({ problem: { text: content } });
  });
});

describe('a submission that is none', () => {
  test.each<[string, unknown, string, string | undefined, string]>([
    ['a text alone', '구슬은 몇 개인가요?', 'NOT_A_PROBLEM', undefined, OWN],
    ['null', null, 'NOT_A_PROBLEM', undefined, OWN],
    ['an array', [{ id: '1', content: '3 + 4 = ' }], 'NOT_A_PROBLEM', undefined, OWN],
    ['an id of another kind', { id: { a: 1 }, content: '3 + 4 = ' }, 'BAD_FIELD', 'id', OWN],
    ['a control character in the id', { id: 'a\u0000b', content: '3 + 4 = ' }, 'BAD_FIELD', 'id', OWN],
    ['half a character in the id', { id: 'a\ud83d', content: '3 + 4 = ' }, 'BAD_FIELD', 'id', OWN],
    ['an id that is too long', { id: 'x'.repeat(LONGEST_ID + 1), content: '3 + 4 = ' }, 'BAD_FIELD', 'id', OWN],
    ['no text', { id: '7' }, 'MISSING_TEXT', 'content', '7'],
    ['a text that is no string', { id: '7', content: 5 }, 'BAD_FIELD', 'content', '7'],
    ['a text that is no string under its other name', { id: '7', text: ['x'] }, 'BAD_FIELD', 'text', '7'],
    ['an empty text', { id: '7', content: '' }, 'EMPTY_TEXT', 'content', '7'],
    ['a text of nothing that can be read', { id: '7', content: ' <p>&nbsp;</p>\u200b\n' }, 'EMPTY_TEXT', 'content', '7'],
    ['a text that is too long', { id: '7', content: '가'.repeat(LONGEST_TEXT + 1) }, 'TEXT_TOO_LONG', 'content', '7'],
    ['metadata that is no object', { id: '7', content: '3 + 4 = ', metadata: 'x' }, 'BAD_FIELD', 'metadata', '7'],
    ['metadata that is a list', { id: '7', content: '3 + 4 = ', metadata: [] }, 'BAD_FIELD', 'metadata', '7'],
  ])('%s is rejected, and the field is named', (_, value, code, field, id) => {
    expect(faultOf(value)).toEqual([`INGESTION.${code}`, field, id]);
  });

  test('is told why in both languages', () => {
    expect(readSubmission({ id: '7', content: ' ' }, OWN, 'mask')).toMatchObject({ rejection: { reason: { ko: '비어 있습니다', en: 'is empty' } } });
  });
});
