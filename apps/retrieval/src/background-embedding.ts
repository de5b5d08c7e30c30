import { setTimeout as pause } from 'node:timers/promises';
import { TransientError } from '@math-labeler/contracts';
import { type DocumentEmbedding, embedDocuments, type KnowledgeDocument, type KnowledgeIndex, withKnownVectors } from '@math-labeler/search';

export interface BackgroundOptions extends DocumentEmbedding {
  /** Hears why documents are without vectors, for now or for good. */
  readonly onAbsent: (reason: Error) => void;
  /** Waits before another try; rejects once the signal is aborted. */
  readonly wait?: (signal: AbortSignal) => Promise<unknown>;
}

/** Between two tries, while an embedder or the index cannot just now. */
const WAIT_MS = 30_000;
/** Documents that are embedded, and then put, at a time. */
const BATCH = 512;

/** Puts documents into an index at once, and their vectors, where they have to be computed first, when they are there: nobody waits for a model. */
export class BackgroundEmbedding {
  private readonly closing = new AbortController();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly index: KnowledgeIndex,
    private readonly options: BackgroundOptions,
  ) {}

  /** Resolves when all that was put so far has its vector, or is not going to have one. */
  get done(): Promise<void> {
    return this.last;
  }

  /** Resolves when the documents are there. */
  async put(documents: readonly KnowledgeDocument[]): Promise<void> {
    const known = await withKnownVectors(documents, this.options);
    await this.index.put(known);
    const left = known.filter(({ embedding }) => embedding === undefined);
    if (left.length > 0) this.last = this.last.then(() => this.embedAll(left));
  }

  /** What is not embedded yet will be the next time. */
  close(): void {
    this.closing.abort(new Error('the process is ending'));
  }

  private async embedAll(documents: readonly KnowledgeDocument[]): Promise<void> {
    for (let i = 0; i < documents.length && !this.closing.signal.aborted; ) {
      if (await this.embed(documents.slice(i, i + BATCH))) i += BATCH;
    }
  }

  /** Whether it is done with these documents. */
  private async embed(documents: readonly KnowledgeDocument[]): Promise<boolean> {
    const { onAbsent, wait = waited } = this.options;
    const { signal } = this.closing;
    try {
      await this.index.put(await embedDocuments(documents, this.options, { signal }));
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      onAbsent(error as Error);
      if (!(error instanceof TransientError)) return true;
      await wait(signal).catch(() => {});
      return false;
    }
  }
}

function waited(signal: AbortSignal): Promise<unknown> {
  return pause(WAIT_MS, undefined, { signal, ref: false });
}
