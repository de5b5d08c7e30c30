import { onStore, type Store } from '@math-labeler/storage';
import { MongoReplyStore } from './reply.mongo.js';
import { SqliteReplyStore } from './reply.sqlite.js';
import { type ReplyStore } from './reply.store.js';

/** The replies that are kept in a store. */
export function openReplies(store: Store): ReplyStore {
  return onStore<ReplyStore>(store, { sqlite: (embedded) => new SqliteReplyStore(embedded), mongo: (mongo) => new MongoReplyStore(mongo) });
}
