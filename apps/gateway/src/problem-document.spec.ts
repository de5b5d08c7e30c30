import { ApiProblem, languageOf, problemDocument } from './problem-document.js';

test('a problem document has what RFC 9457 says, and a stable code', () => {
  const problem = new ApiProblem(413, 'GATEWAY.BATCH_TOO_LARGE', { ko: '너무 많습니다', en: 'too many' }, { members: { most: 1000 }, errors: [{ code: 'X', reason: { ko: '가', en: 'a' } }] });
  expect(problemDocument(problem, 'en')).toEqual({
    type: 'urn:math-labeler:problem:gateway-batch-too-large',
    title: 'Too large',
    status: 413,
    detail: 'too many',
    code: 'GATEWAY.BATCH_TOO_LARGE',
    most: 1000,
    errors: [{ code: 'X', reason: { ko: '가', en: 'a' } }],
  });
});

test.each([
  [undefined, 'ko'],
  ['', 'ko'],
  ['*', 'ko'],
  ['fr,de;q=0.5', 'ko'],
  ['en', 'en'],
  ['en-GB,en;q=0.9,ko;q=0.8', 'en'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
  ['en;q=0.3, ko;q=0.7', 'ko'],
  ['fr, en;q=0.1', 'en'],
  ['en;q=0', 'ko'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
