import { InputError } from '@math-labeler/curriculum';
import { PermanentError, TransientError } from '@math-labeler/contracts';

/** What the server answers while it cannot do what it could do otherwise: too busy, starting, or an index whose writes have moved on. */
const PASSING = new Set([401, 403, 404, 408, 429, 502, 503, 504]);

/** What is said of an answer whose error text alone tells nobody what to do. */
const MEANINGS: Readonly<Record<number, string>> = {
  401: 'Elasticsearch refuses the user name and password, or the API key',
  403: 'Elasticsearch does not let this user do this, or the index takes no more writes',
  404: 'there is no such index yet; mathlabel index build --swap makes it',
  429: 'Elasticsearch is too busy',
};

/** An error as the server gives it for a request, or for one of its parts. */
export interface ServerError {
  readonly type?: string;
  readonly reason?: string | null;
}

/** What the rest of the product makes of an error of the client: TransientError, or PermanentError SEARCH.REFUSED, each with its cause. Its own errors stay. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TransientError || error instanceof PermanentError || error instanceof InputError) return error;
  switch (error.name) {
    case 'ResponseError': {
      const { statusCode, body } = error as Error & { readonly statusCode?: number; readonly body?: { readonly error?: ServerError | string } };
      const detail = typeof body?.error === 'object' ? body.error : { reason: error.message };
      return refusal(statusCode ?? 0, detail, error);
    }
    case 'TimeoutError':
      return new TransientError('Elasticsearch has not answered in time', undefined, { cause: error });
    case 'ConnectionError':
    case 'NoLivingConnectionsError':
    case 'RequestAbortedError':
    // A server or proxy that ends in the middle of an answer.
    case 'DeserializationError':
      return new TransientError(`Elasticsearch cannot be reached (${error.message})`, undefined, { cause: error });
    default:
      return error;
  }
}

/** The error for a status that is no success: `TransientError` where the same may succeed later. */
export function refusal(status: number, { type, reason }: ServerError, cause?: Error): Error {
  const detail = `${status} ${[type, reason].filter((part) => part).join(': ')}`;
  if (!PASSING.has(status)) return new PermanentError('SEARCH.REFUSED', `Elasticsearch refuses this (${detail})`, { cause });
  return new TransientError(`${MEANINGS[status] ?? 'Elasticsearch cannot do this just now'} (${detail})`, undefined, { cause });
}
