import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type OpenAI } from 'openai';
import { z } from 'zod';
import { ModelUnavailable } from '../model-unavailable.js';
import { type OpenAiClient } from '../openai/openai-client.js';
import { unreadable } from '../openai/unreadable.js';
import { type QuestionPath } from '../openai/written-question.js';
import { isUnknownPlace, noBatches } from './batch-errors.js';
import { type ProviderBatch, readProviderBatch } from './provider-batch.js';

/** Under which a batch's metadata has its id of ours. */
const MARK = 'math_labeler_batch';
/** For a file of 200 MB, in ms. */
const TRANSFER_MS = 30 * 60_000;
/** Clocks of ours and of the provider's may differ by as much, in ms. */
const CLOCK_SKEW = 60 * 60_000;

const uploaded = z.object({ id: z.string().min(1) });

/**
 * The files and batches of a provider that speaks OpenAI's interface. Everything rejects as `OpenAiClient.call` does, and with InputError LLM.NO_BATCHES
 * where a server has no such thing.
 */
export class ProviderBatches {
  constructor(private readonly client: OpenAiClient) {}

  /** The batch with this id of ours, if there is one; looks no further back than when it was submitted. */
  async find(mark: string, submittedAt: Date, signal: AbortSignal): Promise<ProviderBatch | undefined> {
    const oldest = submittedAt.getTime() - CLOCK_SKEW;
    return this.known(signal, async (client, limited) => {
      for await (const one of client.batches.list({ limit: 100 }, { signal: limited })) {
        const batch = this.read(one);
        if (batch.metadata[MARK] === mark) return batch;
        if (batch.createdAt.getTime() < oldest) return undefined;
      }
      return undefined;
    });
  }

  /** Rejects where there are no batches, or nobody is let in: asked before anything is paid for. */
  async require(signal: AbortSignal): Promise<void> {
    const isList = await this.known(signal, async (client, limited) => Array.isArray((await client.batches.list({ limit: 1 }, { signal: limited })).data));
    // A server that answers everything, with a page of its own.
    if (!isList) throw noBatches(undefined);
  }

  /** Gives the file's id. */
  async upload(path: string, name: string, signal: AbortSignal): Promise<string> {
    const blob = await openAsBlob(path, { type: 'application/jsonl' });
    return this.known(
      signal,
      async (client, limited) => {
        const told = await client.files.create({ file: new File([blob], name, { type: blob.type }), purpose: 'batch' }, { signal: limited, timeout: TRANSFER_MS });
        const read = uploaded.safeParse(told);
        if (!read.success) throw unreadable(told, read.error);
        return read.data.id;
      },
      TRANSFER_MS,
    );
  }

  async create(file: string, path: QuestionPath, mark: string, signal: AbortSignal): Promise<ProviderBatch> {
    const told = { input_file_id: file, endpoint: `/v1${path}`, completion_window: '24h', metadata: { [MARK]: mark } } as const;
    return this.known(signal, async (client, limited) => this.read(await client.batches.create(told, { signal: limited })));
  }

  /** Undefined where the provider does not know it any more. */
  async look(id: string, signal: AbortSignal): Promise<ProviderBatch | undefined> {
    try {
      return await this.client.call(signal, async (client, limited) => this.read(await client.batches.retrieve(id, { signal: limited })));
    } catch (error) {
      if (isUnknownPlace(error)) return undefined;
      throw error;
    }
  }

  /** Writes what a file of the provider's holds to a file here. */
  async download(id: string, path: string, signal: AbortSignal): Promise<void> {
    await this.client.call(
      signal,
      async (client, limited) => {
        const { body } = await client.files.content(id, { signal: limited, timeout: TRANSFER_MS });
        if (body === null) throw new ModelUnavailable('LLM.UNREADABLE', 'the provider gives a file without content');
        await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path), { signal: limited });
      },
      TRANSFER_MS,
    );
  }

  async delete(file: string, signal: AbortSignal): Promise<void> {
    await this.client.call(signal, (client, limited) => client.files.delete(file, { signal: limited }));
  }

  private async known<Result>(signal: AbortSignal, work: (client: OpenAI, limited: AbortSignal) => Promise<Result>, timeoutMs?: number): Promise<Result> {
    try {
      return await this.client.call(signal, work, timeoutMs);
    } catch (error) {
      if (isUnknownPlace(error)) throw noBatches(error);
      throw error;
    }
  }

  private read(body: unknown): ProviderBatch {
    try {
      return readProviderBatch(body);
    } catch (error) {
      throw unreadable(body, error);
    }
  }
}
