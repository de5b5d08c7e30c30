import { setTimeout as pause } from 'node:timers/promises';
import { PermanentError, TransientError } from '@math-labeler/contracts';
import { type EmbeddedAs, type Embedder } from '@math-labeler/search';
import { type Usage } from '../language-model.js';
import { ModelUnavailable } from '../model-unavailable.js';
import { type OpenAiClient, Refused } from '../openai/openai-client.js';
import { readEmbeddings } from './embedding-reply.js';
import { prefixesFor, type Prefixes } from './prefixes.js';

export interface EmbedderParts {
  readonly model: string;
  readonly client: Pick<OpenAiClient, 'post'>;
  readonly onUsage?: (usage: Usage) => void;
  /** Waits so many ms, or rejects once the signal is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

/** Texts of one request. */
const BATCH = 64;
/** Longer than any text of the knowledge: models read no further, and some servers refuse what they cannot read to its end. */
const MOST_CHARACTERS = 1000;
const TRIES = 4;
const FIRST_WAIT_MS = 500;
/** A server that wants a longer one is waited for by whoever asks again later. */
const LONGEST_WAIT_MS = 60_000;

const NEVER = new AbortController().signal;

/** Vectors from a server that speaks OpenAI's interface. What passes is tried four times, unless the caller has stopped waiting before. */
export class OpenAiEmbedder implements Embedder {
  readonly name: string;
  private readonly prefixes: Prefixes;
  private size: number | undefined;

  constructor(private readonly parts: EmbedderParts) {
    this.name = parts.model;
    this.prefixes = prefixesFor(parts.model);
  }

  /** Known from the first answer on; another size is then a PermanentError SEARCH.WRONG_DIMENSION. */
  get dimensions(): number | undefined {
    return this.size;
  }

  async embed(texts: readonly string[], as: EmbeddedAs, signal?: AbortSignal): Promise<Float32Array[]> {
    if (texts.some((text) => text.trim() === '')) throw new RangeError('a blank text has no vector');
    const vectors: Float32Array[] = [];
    for (let i = 0; i < texts.length; i += BATCH) {
      const input = texts.slice(i, i + BATCH).map((text) => this.prefixes[as] + cut(text));
      vectors.push(...(await this.request(input, signal)));
    }
    return vectors;
  }

  private async request(input: readonly string[], signal: AbortSignal | undefined): Promise<readonly Float32Array[]> {
    const { wait = waited } = this.parts;
    for (let tries = 1; ; tries++) {
      try {
        return await this.requestOnce(input, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof TransientError) || tries === TRIES) throw error;
        const ms = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1);
        if (ms > LONGEST_WAIT_MS) throw error;
        await wait(ms, signal);
      }
    }
  }

  private async requestOnce(input: readonly string[], signal: AbortSignal = NEVER): Promise<readonly Float32Array[]> {
    const { model, client, onUsage } = this.parts;
    const body = await client.post('/embeddings', { model, input, encoding_format: 'base64' }, signal).catch((error: unknown) => {
      throw error instanceof Refused ? error.cause : error;
    });
    const embedded = readEmbeddings(body, input.length);
    if (embedded === undefined) throw new ModelUnavailable('LLM.UNREADABLE', `the answer to ${input.length} texts is not a vector for each of them`);
    if (embedded.usage !== undefined) onUsage?.(embedded.usage);
    const { length } = embedded.vectors[0];
    if (length !== (this.size ??= length)) throw new PermanentError('SEARCH.WRONG_DIMENSION', `${this.name} gives vectors of ${length} numbers where it gave ${this.size} before; another model has answered under its name`);
    return embedded.vectors;
  }
}

async function waited(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, undefined, { signal }).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : [...text].slice(0, MOST_CHARACTERS).join('');
}
