import { PermanentError, TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { translated } from './mongo-error.js';

function foreign(name: string, given: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(Object.defineProperty(new Error('as the driver says it'), 'name', { value: name }), given);
}

// The names of the codes: https://github.com/mongodb/mongo/blob/v6.0/src/mongo/base/error_codes.yml
test.each([
  ['no server in time', foreign('MongoServerSelectionError')],
  ['no server at the first connection', foreign('MongooseServerSelectionError')],
  ['connection lost', foreign('MongoNetworkError')],
  ['no answer in time', foreign('MongoNetworkTimeoutError')],
  ['connections cleared away', foreign('MongoPoolClearedError')],
  ['connections cleared away after a hang', foreign('PoolClearedOnNetworkError')],
  ['all connections in use', foreign('MongoWaitQueueTimeoutError')],
  ['closed meanwhile', foreign('MongoNotConnectedError')],
  ['NotWritablePrimary', foreign('MongoServerError', { code: 10_107 })],
  ['PrimarySteppedDown', foreign('MongoServerError', { code: 189 })],
  ['InterruptedDueToReplStateChange', foreign('MongoServerError', { code: 11_602 })],
  ['MaxTimeMSExpired', foreign('MongoServerError', { code: 50 })],
  ['OutOfDiskSpace', foreign('MongoServerError', { code: 14_031 })],
  ['an error that the server calls retryable', foreign('MongoServerError', { code: 1, errorLabelSet: new Set(['RetryableWriteError']) })],
  ['a write that is not on most servers', foreign('MongoBulkWriteError', { code: 64, result: { getWriteConcernError: () => ({}) } })],
  ['a connection lost under a batch of writes', foreign('MongoBulkWriteError', { writeErrors: [] })],
])('%s passes: TransientError', (_what, error) => {
  expect(translated(error)).toMatchObject({ name: 'TransientError', cause: error });
});

test.each([
  ['DuplicateKey', foreign('MongoServerError', { code: 11_000 }), 'STORE.DUPLICATE'],
  ['DocumentValidationFailure', foreign('MongoServerError', { code: 121 }), 'STORE.INVALID'],
  ['BSONObjectTooLarge', foreign('MongoServerError', { code: 10_334 }), 'STORE.TOO_LARGE'],
  ['a document that the driver cannot send', foreign('MongoInvalidArgumentError', { message: 'Document is larger than the maximum size 16777216' }), 'STORE.TOO_LARGE'],
  ['a query that does not fit the schema', foreign('CastError'), 'STORE.INVALID'],
  ['BadValue', foreign('MongoServerError', { code: 2 }), 'STORE.REFUSED'],
])('%s never passes: PermanentError', (_what, error, code) => {
  expect(translated(error)).toMatchObject({ name: 'PermanentError', code, cause: error });
});

test('who is not let in is told why, and may come again', () => {
  expect(translated(foreign('MongoServerError', { code: 18 }))).toMatchObject({ name: 'TransientError', message: expect.stringMatching(/user name or password/) });
  expect(translated(foreign('MongoServerError', { code: 13 }))).toMatchObject({ name: 'TransientError', message: expect.stringMatching(/readWrite/) });
  const wrapped = foreign('MongooseServerSelectionError', { cause: foreign('MongoServerError', { code: 18 }) });
  expect(translated(wrapped)).toMatchObject({ message: expect.stringMatching(/user name or password/) });
});

test('a server that has to be set up otherwise passes for an event', () => {
  const error = new InputError('STORAGE.NO_REPLICA_SET', { file: 'environment' }, 'MONGODB_URI', { ko: '단독', en: 'alone' });
  expect(translated(error)).toMatchObject({ name: 'TransientError', message: 'alone' });
});

test('our own errors and bugs stay as they are', () => {
  for (const error of [new TransientError('a'), new PermanentError('A', 'b'), new TypeError('a bug'), 'a string']) expect(translated(error)).toBe(error);
});
