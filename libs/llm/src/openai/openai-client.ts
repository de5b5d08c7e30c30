import { type APIError, type ClientOptions, type OpenAI } from 'openai';
import { ModelUnavailable } from '../model-unavailable.js';
import { type RateLimits, readRateLimits } from '../rate-limits.js';
import { TimeLimit } from '../time-limit.js';
import { errorOf, type Refusal } from './provider-errors.js';

/** How a server is reached. */
export interface Connection {
  /** Ends in `/v1` with most servers. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** For one request as a whole, its body included. */
  readonly timeoutMs: number;
  readonly onLimits?: (limits: RateLimits) => void;
}

/** A request was answered with an error; `cause` is what that means for us. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly refusal: Refusal,
    override readonly cause: ReturnType<typeof errorOf>,
  ) {
    super(cause.message);
  }
}

interface Sdk {
  readonly client: OpenAI;
  isStatusError(error: unknown): error is APIError<number, Headers>;
}

/** The one place that knows the SDK, which is loaded with the first request. */
export class OpenAiClient {
  private sdk: Promise<Sdk> | undefined;

  constructor(private readonly connection: Connection) {}

  /**
   * Sends JSON and gives the JSON that comes back. Rejects with `Refused` for an answer with an error, with ModelUnavailable for none that can be read,
   * with the signal's reason once that is aborted.
   */
  post(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.call(signal, async (client, limited) => {
      const response = await client.post(path, { body, signal: limited }).asResponse();
      this.tellLimits(response.headers);
      return parsed(await response.text());
    });
  }

  /**
   * Does with the SDK what has to send the signal that it is given; rejects as `post` does, of which everything else that is thrown counts as a broken connection.
   * @param timeoutMs for all of it
   */
  async call<Result>(signal: AbortSignal, work: (client: OpenAI, limited: AbortSignal) => Promise<Result>, timeoutMs = this.connection.timeoutMs): Promise<Result> {
    signal.throwIfAborted();
    const sdk = await (this.sdk ??= this.load());
    // The SDK's own timeout ends with the headers of the answer.
    const limit = new TimeLimit(signal, timeoutMs);
    try {
      return await work(sdk.client, limit.signal);
    } catch (error) {
      signal.throwIfAborted();
      throw this.translated(error, sdk, limit, timeoutMs);
    } finally {
      limit.end();
    }
  }

  private translated(error: unknown, { isStatusError }: Sdk, limit: TimeLimit, timeoutMs: number): Error {
    if (error instanceof ModelUnavailable) return error;
    if (limit.isOver) return new ModelUnavailable('LLM.TIMEOUT', `no answer from the model's server within ${timeoutMs} ms`, undefined, { cause: error });
    if (!isStatusError(error)) return new ModelUnavailable('LLM.UNREACHABLE', `the model's server cannot be reached: ${innermost(error)}`, undefined, { cause: error });
    this.tellLimits(error.headers);
    const refusal = { status: error.status, headers: error.headers, body: this.withoutKey(error.error ?? error.message) };
    // Without the SDK's error as a cause: it may repeat the key.
    return new Refused(refusal, errorOf(refusal, Date.now()));
  }

  private withoutKey(body: unknown): unknown {
    const { apiKey } = this.connection;
    return apiKey.length < 8 ? body : (JSON.parse(JSON.stringify(body ?? null).replaceAll(apiKey, '…')) as unknown);
  }

  private tellLimits(headers: Headers): void {
    const limits = readRateLimits(headers);
    if (limits !== undefined) this.connection.onLimits?.(limits);
  }

  private async load(): Promise<Sdk> {
    const sdk = await import('openai');
    const { baseUrl, apiKey, timeoutMs } = this.connection;
    // What the SDK would take from the environment by itself is for OpenAI, and for nobody else.
    const membership = new URL(baseUrl).hostname === 'api.openai.com' ? {} : { organization: null, project: null };
    const client = openClient(sdk.OpenAI, { baseURL: baseUrl, apiKey, adminAPIKey: null, ...membership, timeout: timeoutMs, maxRetries: 0, logLevel: 'off' });
    return { client, isStatusError: (error): error is APIError<number, Headers> => error instanceof sdk.APIError && error.status !== undefined };
  }
}

/** Where a body has no field `error`, as with older vLLM and FastAPI, the SDK would lose what it says. */
function openClient(Client: typeof OpenAI, options: ClientOptions): OpenAI {
  class OpenClient extends Client {
    protected override makeStatusError(status: number, body: object | undefined, message: string | undefined, headers: Headers): APIError {
      const whole = body === undefined || (typeof body === 'object' && body !== null && 'error' in body) ? body : { error: body };
      return super.makeStatusError(status, whole as object, message, headers);
    }
  }
  return new OpenClient(options);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelUnavailable('LLM.UNREADABLE', `the model's server answers with something that is not JSON: ${text.slice(0, 80).replace(/\s+/g, ' ')}`, undefined, { cause: error });
  }
}

/** `fetch failed` says nothing; its cause does. */
function innermost(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
