import { onStore, type Store } from '@math-labeler/storage';
import { MongoDatasetStore } from './dataset.mongo.js';
import { SqliteDatasetStore } from './dataset.sqlite.js';
import { Datasets } from './datasets.js';
import { type DatasetStore } from './dataset-store.js';

/** The versions that are kept in a store. */
export function openDatasets(store: Store): Datasets {
  return new Datasets(onStore<DatasetStore>(store, { sqlite: (embedded) => new SqliteDatasetStore(embedded), mongo: (mongo) => new MongoDatasetStore(mongo) }));
}
