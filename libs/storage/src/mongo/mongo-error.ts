import { PermanentError, TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';

/** What the driver's and the server's errors say of themselves: https://github.com/mongodb/specifications, the server's error_codes.yml. */
interface ForeignError extends Error {
  readonly code?: number | string;
  readonly errorLabels?: unknown;
  readonly errorLabelSet?: ReadonlySet<string>;
  readonly writeErrors?: unknown;
  readonly result?: { readonly getWriteConcernError?: () => unknown };
}

export const DUPLICATE_KEY = 11_000;
const REFUSED_BY_VALIDATOR = 121;
const TOO_LARGE = [10_334, 17_280, 17_419, 17_420];

/** Wrong name or password, and what it may not do: people put that right, and then the same goes through. */
const NOT_LET_IN: Readonly<Record<number, string>> = {
  13: 'MongoDB does not let this user do this; give its role readWrite on the database',
  18: 'MongoDB refuses the user name or password in MONGODB_URI',
  8000: 'MongoDB refuses the user name or password in MONGODB_URI',
};

/**
 * Not the primary (189, 10058, 10107, 13435, 13436), shutting down or interrupted (91, 237, 11600, 11601, 11602), out of reach (6, 7, 9, 79, 89, 100, 9001), too late (24, 50, 64, 202, 262),
 * in each other's way (112, 117, 251), catching up (133, 134, 246), out of disk (14031), stale routes (63, 150, 234, 13388).
 */
const PASSING = new Set([6, 7, 24, 50, 63, 64, 79, 89, 91, 100, 112, 117, 133, 134, 150, 189, 202, 234, 237, 246, 251, 262, 9001, 10_058, 10_107, 11_600, 11_601, 11_602, 13_388, 13_435, 13_436, 14_031]);

const PASSING_NAMES = new Set([
  'MongooseServerSelectionError', 'MongoServerSelectionError', 'MongoNetworkError', 'MongoNetworkTimeoutError', 'MongoPoolClearedError', 'PoolClearedOnNetworkError', 'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError', 'MongoNotConnectedError', 'MongoServerClosedError', 'MongoTopologyClosedError', 'MongoClientClosedError', 'MongoOperationTimeoutError', 'MongoExpiredSessionError',
  'MongoStalePrimaryError', 'MongoUnexpectedServerResponseError', 'MongoCursorExhaustedError', 'MongoSystemError', 'MongoWriteConcernError',
]);
const MISMATCH_NAMES = new Set(['CastError', 'StrictModeError', 'ValidationError', 'ValidatorError', 'ObjectExpectedError']);

/** An error of driver, server or mongoose as one of ours; what is none of them is a bug and comes back as it is. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TransientError || error instanceof PermanentError) return error;
  // To an event, a server that has to be set up otherwise is one that is not there yet.
  if (error instanceof InputError) return new TransientError(error.reason.en, undefined, { cause: error });
  const refusal = notLetIn(error);
  if (refusal !== undefined) return new TransientError(`${refusal} (${error.message})`, undefined, { cause: error });
  if (isPassingMongo(error)) return new TransientError(`MongoDB is not there just now (${error.message})`, undefined, { cause: error });
  const { code } = error as ForeignError;
  if (code === DUPLICATE_KEY) return permanent('DUPLICATE', 'a unique key is taken already', error);
  if (code === REFUSED_BY_VALIDATOR) return permanent('INVALID', 'the validator of the collection refuses the document', error);
  if (MISMATCH_NAMES.has(error.name)) return permanent('INVALID', 'a document or query does not fit what the collection declares', error);
  if (isTooLarge(error)) return permanent('TOO_LARGE', 'a document would be larger than 16 MB', error);
  if (error.name.startsWith('Mongo')) return permanent('REFUSED', 'MongoDB refuses the operation', error);
  return error;
}

function permanent(code: string, reason: string, cause: Error): PermanentError {
  return new PermanentError(`STORE.${code}`, `${reason} (${cause.message})`, { cause });
}

/** Whether the same may succeed later: no server that can take it was found in time, or the connection to it was lost. */
export function isPassingMongo(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errorLabelSet, result, writeErrors } = error as ForeignError;
  if (errorLabelSet?.has('RetryableWriteError') === true || errorLabelSet?.has('TransientTransactionError') === true) return true;
  // Written, but not on most servers in time.
  if (result?.getWriteConcernError?.() !== undefined) return true;
  // The driver wraps what happened to the connection under way, and its name is lost.
  if (error.name === 'MongoBulkWriteError' && code === undefined && [writeErrors ?? []].flat().length === 0) return true;
  return (typeof code === 'number' && PASSING.has(code)) || PASSING_NAMES.has(error.name);
}

/** What keeps this user out, if that is it: the driver wraps it when it happens as a connection is made. */
function notLetIn(error: Error): string | undefined {
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = causeOf(each), depth += 1) {
    const { code } = each as ForeignError;
    if (typeof code === 'number' && code in NOT_LET_IN) return NOT_LET_IN[code];
  }
  return undefined;
}

function causeOf(error: Error): unknown {
  const { servers } = (error as { readonly reason?: { readonly servers?: ReadonlyMap<string, { readonly error?: unknown }> } }).reason ?? {};
  return error.cause ?? (servers === undefined ? undefined : [...servers.values()].find((server) => server.error != null)?.error);
}

function isTooLarge(error: Error): boolean {
  const { code } = error as ForeignError;
  return (typeof code === 'number' && TOO_LARGE.includes(code)) || /larger than the maximum|too large|offset.*out of range/i.test(error.message);
}
