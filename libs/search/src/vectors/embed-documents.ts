import { createHash } from 'node:crypto';
import { type Embedder } from '../embedder.js';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { wrongDimension } from './vector-table.js';
import { type VectorStore } from './vector.store.js';

/** What documents are embedded with. */
export interface DocumentEmbedding {
  readonly embedder: Embedder;
  /** Where the vectors of texts that were embedded before are. */
  readonly vectors: VectorStore;
}

export interface EmbeddingOptions {
  /** Hears how many documents have their vector, and how many texts were new and had to be embedded. */
  readonly onProgress?: (done: number, embedded: number) => void;
  readonly signal?: AbortSignal;
}

/** Documents between two looks into the store: what is embedded is kept so often. */
const BATCH = 256;

/**
 * The documents with the vectors of their texts, of which only new ones are embedded, each once; a blank text has none. Rejects as the embedder and the
 * store do, and with PermanentError SEARCH.WRONG_DIMENSION where vectors differ in size; what was embedded until then is kept.
 */
export async function embedDocuments(documents: readonly KnowledgeDocument[], { embedder, vectors }: DocumentEmbedding, { onProgress = () => {}, signal }: EmbeddingOptions = {}): Promise<KnowledgeDocument[]> {
  const ofOneSize = sizeCheck(embedder.dimensions);
  const done: KnowledgeDocument[] = [];
  let embedded = 0;
  for (let i = 0; i < documents.length; i += BATCH) {
    signal?.throwIfAborted();
    const batch = documents.slice(i, i + BATCH);
    const known = ofOneSize(await knownVectors(batch, embedder.name, vectors));
    const news = [...new Set(batch.map(({ text }) => text))].filter((text) => text.trim() !== '' && !known.has(text));
    if (news.length > 0) {
      const fresh = await embedder.embed(news, 'passage', signal);
      const byText = ofOneSize(new Map(news.map((text, j) => [text, fresh[j]])));
      await vectors.keep(embedder.name, Array.from(byText, ([text, vector]) => ({ text: hashOf(text), vector })));
      for (const [text, vector] of byText) known.set(text, vector);
    }
    done.push(...batch.map((document) => withVector(document, embedder.name, known.get(document.text))));
    embedded += news.length;
    onProgress(done.length, embedded);
  }
  return done;
}

function withVector(document: KnowledgeDocument, embedder: string, vector: Float32Array | undefined): KnowledgeDocument {
  return vector === undefined ? document : { ...document, embedding: { embedder, vector } };
}

/** Lets vectors through as long as all have the size of the first one. */
function sizeCheck(expected: number | undefined): (vectors: Map<string, Float32Array>) => Map<string, Float32Array> {
  let size = expected;
  return (vectors) => {
    for (const { length } of vectors.values()) if (length !== (size ??= length)) throw wrongDimension(length, size);
    return vectors;
  };
}

/** The documents, those with their vector whose text was embedded before. */
export async function withKnownVectors(documents: readonly KnowledgeDocument[], { embedder, vectors }: DocumentEmbedding): Promise<KnowledgeDocument[]> {
  const done: KnowledgeDocument[] = [];
  for (let i = 0; i < documents.length; i += BATCH) {
    const batch = documents.slice(i, i + BATCH);
    const known = await knownVectors(batch, embedder.name, vectors);
    done.push(...batch.map((document) => withVector(document, embedder.name, known.get(document.text))));
  }
  return done;
}

async function knownVectors(documents: readonly KnowledgeDocument[], embedder: string, vectors: VectorStore): Promise<Map<string, Float32Array>> {
  const texts = [...new Set(documents.map(({ text }) => text))];
  const found = await vectors.find(embedder, texts.map(hashOf));
  return new Map(texts.flatMap((text, i) => (found[i] === undefined ? [] : [[text, found[i]] as const])));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
