import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { vectorOf, vectorText } from './vector-text.js';
import { type KeptVector, VectorStore } from './vector.store.js';

export class SqliteVectorStore extends VectorStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'vectors', ['CREATE TABLE search_vectors (embedder TEXT NOT NULL, text TEXT NOT NULL, vector TEXT NOT NULL, PRIMARY KEY (embedder, text)) STRICT']);
    this.statements = {
      one: database.prepare('SELECT vector FROM search_vectors WHERE embedder = ? AND text = ?'),
      keep: database.prepare('INSERT INTO search_vectors VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    };
  }

  async find(embedder: string, texts: readonly string[]): Promise<(Float32Array | undefined)[]> {
    return texts.map((text) => {
      const row = this.statements.one.get(embedder, text) as { readonly vector: string } | undefined;
      return row === undefined ? undefined : vectorOf(row.vector);
    });
  }

  async keep(embedder: string, vectors: readonly KeptVector[]): Promise<void> {
    const rows = vectors.map(({ text, vector }) => [text, vectorText(vector)] as const);
    await this.store.commits.run(() => {
      for (const [text, vector] of rows) this.statements.keep.run(embedder, text, vector);
    });
  }
}
