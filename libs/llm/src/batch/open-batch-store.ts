import { onStore, type Store } from '@math-labeler/storage';
import { MongoBatchStore } from './batch.mongo.js';
import { SqliteBatchStore } from './batch.sqlite.js';
import { type BatchStore } from './batch.store.js';

/** The batches that are under way, in a store. */
export function openBatchStore(store: Store): BatchStore {
  return onStore<BatchStore>(store, { sqlite: (embedded) => new SqliteBatchStore(embedded), mongo: (mongo) => new MongoBatchStore(mongo) });
}
