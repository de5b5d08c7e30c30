import { type AnyCollection, type MongoCollection, type MongoStore, type MongoTable } from '@math-labeler/storage';
import { vectorOf, vectorText } from './vector-text.js';
import { type KeptVector, VectorStore } from './vector.store.js';

interface Fields {
  readonly embedder: string;
  readonly vector: string;
}

export const SEARCH_VECTORS: MongoCollection<Fields> = {
  name: 'search_vectors',
  fields: { embedder: { type: String, required: true }, vector: { type: String, required: true } },
  indexes: [{ keys: { embedder: 1 } }],
};

/** What is kept in MongoDB, for `mathlabel db migrate`. */
export const SEARCH_COLLECTIONS: readonly AnyCollection[] = [SEARCH_VECTORS];

export class MongoVectorStore extends VectorStore {
  private readonly vectors: MongoTable<Fields>;

  constructor(store: MongoStore) {
    super();
    this.vectors = store.table(SEARCH_VECTORS);
  }

  async find(embedder: string, texts: readonly string[]): Promise<(Float32Array | undefined)[]> {
    const kept = await this.vectors.getAll(texts.map((text) => idOf(embedder, text)));
    return kept.map((document) => (document === undefined ? undefined : vectorOf(document.vector)));
  }

  async keep(embedder: string, vectors: readonly KeptVector[]): Promise<void> {
    const keep = ({ text, vector }: KeptVector): Promise<void> =>
      this.vectors.change(idOf(embedder, text), (current) => ({ next: current === undefined ? { embedder, vector: vectorText(vector) } : undefined, result: undefined }));
    await Promise.all(vectors.map(keep));
  }
}

function idOf(embedder: string, text: string): string {
  return `${text}:${embedder}`;
}
