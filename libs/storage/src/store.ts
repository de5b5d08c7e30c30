import { type EmbeddedStore } from './embedded-store.js';
import { type MongoStore } from './mongo/mongo-store.js';

/** Where the services of a process keep what they know. */
export type Store = EmbeddedStore | MongoStore;

/** How one port is kept in each kind of store. */
export interface StoreAdapters<Adapter> {
  readonly sqlite: (store: EmbeddedStore) => Adapter;
  readonly mongo: (store: MongoStore) => Adapter;
}

/** The adapter of a port that fits the store. */
export function onStore<Adapter>(store: Store, adapters: StoreAdapters<Adapter>): Adapter {
  return 'database' in store ? adapters.sqlite(store) : adapters.mongo(store);
}
