import { randomUUID } from 'node:crypto';
import { mongoUri, sharedMongo } from '../../../../tools/test-servers/index.mjs';
import { type AnyCollection } from './mongo-collection.js';
import { type MongoStore } from './mongo-store.js';
import { openMongoStore } from '../open-mongo-store.js';

/** The run's server, undefined where none can run. */
export const shared: string | undefined = await sharedMongo();

export const describeOnMongo = shared === undefined ? describe.skip : describe;

/** Databases of a spec's own on the run's server, whose stores are closed with the spec. */
export class MongoPlaces {
  private readonly stores: MongoStore[] = [];

  constructor(private readonly collections: readonly AnyCollection[]) {}

  /** An empty database, and a store over it with a connection of its own as often as it is called. */
  place<Port>(adapter: (store: MongoStore) => Port): () => Promise<Port> {
    const uri = mongoUri(shared!, `spec-${randomUUID()}`);
    return async () => adapter(await this.open(uri));
  }

  async open(uri = mongoUri(shared!, `spec-${randomUUID()}`)): Promise<MongoStore> {
    const store = await openMongoStore(uri, { connections: 8 });
    this.stores.push(store);
    await store.migrate(this.collections);
    return store;
  }

  async close(): Promise<void> {
    await Promise.all(this.stores.splice(0).map((store) => store.close()));
  }
}
