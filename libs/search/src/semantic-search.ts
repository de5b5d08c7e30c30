import { TransientError } from '@math-labeler/contracts';
import { type Embedder } from './embedder.js';
import { type KnowledgeHit, type KnowledgeIndex, type KnowledgeQuery } from './knowledge-index.js';

export interface SemanticSearchOptions {
  readonly embedder: Embedder;
  /** How long a search may take, the embedding included, in ms. */
  readonly withinMs: number;
  /** Hears why a search has found nothing: the embedder or the index cannot, or not in time. */
  readonly onAbsent: (reason: Error) => void;
}

/** Search by meaning as something that may be missing: whoever asks has what the words say all the same. */
export class SemanticSearch {
  constructor(private readonly options: SemanticSearchOptions) {}

  /** The nearest in meaning to a normalised text, best first; nothing where they cannot be had in time. Never rejects. */
  async nearest({ text, ...query }: KnowledgeQuery, index: KnowledgeIndex): Promise<KnowledgeHit[]> {
    if (text.trim() === '') return [];
    const { embedder, withinMs, onAbsent } = this.options;
    const late = AbortSignal.timeout(withinMs);
    try {
      return await before(late, embedder.embed([text], 'query', late).then(([vector]) => index.nearest({ ...query, embedding: { embedder: embedder.name, vector } })));
    } catch (error) {
      onAbsent(late.aborted ? new TransientError(`no likeness of meaning within ${withinMs} ms`, undefined, { cause: error }) : (error as Error));
      return [];
    }
  }
}

/** What comes before the signal; rejects with its reason otherwise, whether or not the work heeds it. */
function before<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
