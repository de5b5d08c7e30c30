import { PermanentError, TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { translated } from './search-error.js';

const named = (name: string, fields: object = {}): Error => Object.assign(new Error('as the client says'), { name, ...fields });
const answer = (statusCode: number): Error => named('ResponseError', { statusCode, body: { error: { type: 'some_exception', reason: 'for a reason' }, status: statusCode } });

test.each([401, 403, 404, 408, 429, 502, 503, 504])('an answer %i may be another one later, and says what the server said', (status) => {
  const error = translated(answer(status)) as Error;
  expect(error).toBeInstanceOf(TransientError);
  expect(error.message).toContain(`${status} some_exception: for a reason`);
  expect(error.cause).toBeInstanceOf(Error);
});

test.each([400, 405, 409, 413, 500])('an answer %i will be the same again', (status) => {
  const error = translated(answer(status));
  expect(error).toBeInstanceOf(PermanentError);
  expect(error).toMatchObject({ code: 'SEARCH.REFUSED' });
});

test.each(['TimeoutError', 'ConnectionError', 'NoLivingConnectionsError', 'RequestAbortedError', 'DeserializationError'])('a server that cannot be reached (%s) may be there later', (name) => {
  expect(translated(named(name))).toBeInstanceOf(TransientError);
});

test('an answer that is no JSON, as of a proxy, is told as it is', () => {
  expect((translated(named('ResponseError', { statusCode: 502, body: '<html>' })) as Error).message).toContain('502 as the client says');
});

test('what is not of the client stays as it is', () => {
  for (const error of [new TypeError('a bug'), new TransientError('t'), new PermanentError('C', 'm'), new InputError('C', { file: 'f' }, undefined, { ko: '', en: '' })]) expect(translated(error)).toBe(error);
});
