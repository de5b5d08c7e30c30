import { PermanentError, TransientError } from '@math-labeler/contracts';
import { type Bilingual, InputError } from '@math-labeler/curriculum';
import { LLM_COLLECTIONS, openMeteredEmbedder } from '@math-labeler/llm';
import { embedDocuments, type Embedder, type KnowledgeDocument, openVectors, SEARCH_COLLECTIONS, SemanticSearch } from '@math-labeler/search';
import { type EmbeddingSettings } from '@math-labeler/service-kit';
import { type Store } from '@math-labeler/storage';
import { openStore, withStore } from '../open-store.js';
import { startProgress } from '../progress.js';
import { type Session, tell } from '../session.js';

/** Of vectors, and of what they have cost. */
const COLLECTIONS = [...SEARCH_COLLECTIONS, ...LLM_COLLECTIONS];

/** The documents with their vectors, where OPENAI_EMBEDDING_MODEL names a model: what was embedded before is not embedded again. */
export async function embeddedDocuments(session: Session, documents: readonly KnowledgeDocument[]): Promise<readonly KnowledgeDocument[]> {
  const embedding = await embeddingOf(session);
  if (embedding === undefined) return documents;
  return withStore(session, 'change', COLLECTIONS, async (store) => embedAll(session, documents, await openEmbedder(session, embedding, store), store));
}

/** How long a problem waits for what its meaning finds, in ms. */
const MEANING_WITHIN_MS = 2000;

/** Documents with their vectors, for an index in memory, and the search that finds them by their meaning. */
export interface Meaning {
  readonly documents: readonly KnowledgeDocument[];
  readonly search: SemanticSearch;
  close(): Promise<void>;
}

/** The same for an index in memory, with the search by meaning, which tells once what it cannot find in time; undefined where no model is named. */
export async function openMeaning(session: Session, documents: readonly KnowledgeDocument[]): Promise<Meaning | undefined> {
  const embedding = await embeddingOf(session);
  if (embedding === undefined) return undefined;
  const opened = await openStore(session, 'change', COLLECTIONS);
  const embedder = await openEmbedder(session, embedding, opened.store);
  const embedded = await embedAll(session, documents, embedder, opened.store);
  return { documents: embedded, search: new SemanticSearch({ embedder, withinMs: MEANING_WITHIN_MS, onAbsent: onceToldTo(session) }), close: () => opened.close() };
}

async function embeddingOf({ env }: Session): Promise<EmbeddingSettings | undefined> {
  const { readSettings } = await import('@math-labeler/service-kit');
  return readSettings(env).embedding;
}

function openEmbedder(session: Session, embedding: EmbeddingSettings, store: Store): Promise<Embedder> {
  const onUncounted = ({ message }: Error): void => tell(session, { ko: `비용을 적지 못했습니다 (${message})`, en: `a request could not be counted (${message})` });
  return openMeteredEmbedder({ ...embedding, onUncounted }, store);
}

async function embedAll(session: Session, documents: readonly KnowledgeDocument[], embedder: Embedder, store: Store): Promise<readonly KnowledgeDocument[]> {
  const progress = startProgress(session, { ko: `문서 ${documents.length}개의 임베딩을 구합니다 (${embedder.name})`, en: `Embedding ${documents.length} documents (${embedder.name})` }, documents.length);
  let texts = 0;
  const onProgress = (done: number, embedded: number): void => {
    texts = embedded;
    progress.set(done);
  };
  try {
    return await embedDocuments(documents, { embedder, vectors: openVectors(store) }, { onProgress, signal: session.signal });
  } catch (error) {
    throw explained(error);
  } finally {
    progress.stop();
    tell(session, { ko: `새로 구한 임베딩: ${texts}개`, en: `Texts embedded anew: ${texts}` });
  }
}

function onceToldTo(session: Session): (reason: Error) => void {
  let isTold = false;
  return ({ message }) => {
    if (!isTold) tell(session, { ko: `뜻으로 찾기가 되지 않아 글귀로만 견줍니다 (${message})`, en: `texts are compared by their wording alone (${message})` });
    isTold = true;
  };
}

function explained(error: unknown): unknown {
  const told = (code: string, reason: Bilingual): InputError => new InputError(code, { file: 'environment' }, 'OPENAI_EMBEDDING_MODEL', reason, { cause: error });
  if (error instanceof TransientError) {
    return told('CLI.EMBEDDING_AWAY', { ko: `지금은 임베딩을 구할 수 없습니다. 다시 하면 이어서 합니다 (${error.message})`, en: `cannot be asked just now; the next try goes on from here (${error.message})` });
  }
  if (error instanceof PermanentError) {
    return told('CLI.EMBEDDING_REFUSED', { ko: `이 모델로는 임베딩을 구할 수 없습니다 (${error.message})`, en: `cannot be used (${error.message})` });
  }
  return error;
}
