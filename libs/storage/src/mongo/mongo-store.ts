import { type AnyCollection, type Kept, type MongoCollection } from './mongo-collection.js';

/** What a step makes of a document: `next` replaces it (undefined: it stays as it is), `result` is given back. */
export interface Change<Fields, Result> {
  readonly next?: Fields;
  readonly result: Result;
}

export type Stored<Fields> = Fields & Kept;

export interface Selection {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
}

/**
 * One collection. Calls of the same turn, and those that come while the server is busy with the last ones, travel together.
 * Every operation throws TransientError while the server is away, and PermanentError STORE.… where it can never succeed.
 */
export interface MongoTable<Fields> {
  get(id: string): Promise<Stored<Fields> | undefined>;
  /** Undefined for those that are not there; in the order of the ids. */
  getAll(ids: readonly string[]): Promise<(Stored<Fields> | undefined)[]>;
  find(filter: Readonly<Record<string, unknown>>, selection?: Selection): Promise<Stored<Fields>[]>;
  /** Some fields of the documents that match. */
  select<Name extends keyof Fields & string>(filter: Readonly<Record<string, unknown>>, fields: readonly Name[], selection?: Selection): Promise<Pick<Stored<Fields>, Name | '_id'>[]>;
  count(filter: Readonly<Record<string, unknown>>): Promise<number>;
  /**
   * Changes one document, atomically and in one piece: should another process have changed it meanwhile, the step is asked again with what is there now.
   * So `step` has to be a function of its argument, undefined where there is no such document, alone.
   */
  change<Result>(id: string, step: (current: Fields | undefined) => Change<Fields, Result>): Promise<Result>;
  /** Changes fields of all documents that match, each atomically; gives how many. */
  changeAll(filter: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>>): Promise<number>;
  /** Adds documents one after the other up to the first one that breaks a unique index; gives how many were added. */
  add(documents: readonly Stored<Fields>[]): Promise<number>;
}

/** What a migration has done, or would still have to do, to one collection. */
export interface MigrationStep {
  readonly collection: string;
  /** `create`, `validator` or `index <name>`. */
  readonly what: string;
}

export interface AppliedMigration {
  readonly name: string;
  /** Of what the collection was declared to be: SHA-256, hexadecimal. */
  readonly hash: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface MongoStatus {
  readonly missing: readonly MigrationStep[];
  readonly applied: readonly AppliedMigration[];
}

/**
 * A MongoDB database that several processes share; each service uses its own collections alone. Beside what is told below, everything rejects with TransientError
 * while the server is away or lets nobody in, and all but tables with InputError where it can never serve (STORAGE.NO_REPLICA_SET, STORAGE.OLD_SERVER).
 */
export interface MongoStore {
  table<Fields extends object>(collection: MongoCollection<Fields>): MongoTable<Fields>;
  /** Resolves when the server answers. */
  ping(): Promise<void>;
  /** What `mathlabel db migrate` still has to do for these collections, in words; empty when nothing. */
  missing(collections: readonly AnyCollection[]): Promise<string[]>;
  status(collections: readonly AnyCollection[]): Promise<MongoStatus>;
  /** Brings collections, validators and indexes into being, and removes nothing; gives what there was to do. Throws InputError STORAGE.INDEX_CONFLICT. */
  migrate(collections: readonly AnyCollection[]): Promise<MigrationStep[]>;
  close(): Promise<void>;
}
