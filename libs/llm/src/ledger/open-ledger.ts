import { onStore, type Store } from '@math-labeler/storage';
import { MongoLedgerStore } from './ledger.mongo.js';
import { SqliteLedgerStore } from './ledger.sqlite.js';
import { type LedgerStore } from './ledger.store.js';

/** The ledger that is kept in a store. */
export function openLedger(store: Store): LedgerStore {
  return onStore<LedgerStore>(store, { sqlite: (embedded) => new SqliteLedgerStore(embedded), mongo: (mongo) => new MongoLedgerStore(mongo) });
}
