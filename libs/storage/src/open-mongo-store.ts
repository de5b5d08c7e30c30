import { type MongoStore } from './mongo/mongo-store.js';

export interface MongoStoreOptions {
  /** What the server's log calls this process. */
  readonly appName?: string;
  /** The longest that an operation waits for a server that can take it, in ms. */
  readonly selectionMs?: number;
  /** The longest that an answer may take, in ms; 0: as long as it takes, for an index over much data. */
  readonly answerMs?: number;
  /** Connections at most. */
  readonly connections?: number;
}

/**
 * A store in MongoDB, whose driver is loaded only now. The server need not be up: each operation connects when it has to, and fails with TransientError
 * when that takes too long. Throws InputError STORAGE.BAD_URI.
 */
export async function openMongoStore(uri: string, options: MongoStoreOptions = {}): Promise<MongoStore> {
  const { MongooseStore } = await import('./mongo/mongoose-store.js');
  return new MongooseStore(uri, options);
}
