import { onStore, type Store } from '@math-labeler/storage';
import { MongoVectorStore } from './vector.mongo.js';
import { SqliteVectorStore } from './vector.sqlite.js';
import { type VectorStore } from './vector.store.js';

/** The vectors that are kept in a store. */
export function openVectors(store: Store): VectorStore {
  return onStore<VectorStore>(store, { sqlite: (embedded) => new SqliteVectorStore(embedded), mongo: (mongo) => new MongoVectorStore(mongo) });
}
