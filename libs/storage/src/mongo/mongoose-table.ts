import type mongoose from 'mongoose';
import { Batches } from './batches.js';
import { type Counters } from './counters.js';
import { type DocumentAccess, DocumentChanges } from './document-changes.js';
import { type Collection } from './driver-types.js';
import { type MongoCollection } from './mongo-collection.js';
import { DUPLICATE_KEY } from './mongo-error.js';
import { type Change, type MongoTable, type Selection, type Stored } from './mongo-store.js';

type Run = <Result>(work: () => Promise<Result>) => Promise<Result>;
type Filter = Readonly<Record<string, unknown>>;

const READING_LANES = 4;

/** One collection by way of its model: queries are cast and checked, documents come as they lie there. The server checks what is written. */
export class MongooseTable<Fields extends object> implements MongoTable<Fields>, DocumentAccess<Fields> {
  private readonly reads: Batches<string, Stored<Fields> | undefined>;
  private readonly changes: DocumentChanges<Fields>;

  constructor(
    private readonly declared: MongoCollection<Fields>,
    private readonly model: mongoose.Model<unknown>,
    private readonly counters: Counters,
    private readonly run: Run,
  ) {
    this.reads = new Batches((id) => id, (ids) => this.readBatch(ids), READING_LANES);
    this.changes = new DocumentChanges<Fields>(this);
  }

  get(id: string): Promise<Stored<Fields> | undefined> {
    return this.run(() => this.reads.run(id));
  }

  getAll(ids: readonly string[]): Promise<(Stored<Fields> | undefined)[]> {
    return this.run(() => Promise.all(ids.map((id) => this.reads.run(id))));
  }

  select<Name extends keyof Fields & string>(filter: Filter, fields: readonly Name[], { sort = {}, limit = 0 }: Selection = {}): Promise<Pick<Stored<Fields>, Name | '_id'>[]> {
    return this.run(async () => (await this.model.find(filter as object, [...fields]).sort(sort).limit(limit).lean().exec()) as unknown as Pick<Stored<Fields>, Name | '_id'>[]);
  }

  find(filter: Filter, { sort = {}, limit = 0 }: Selection = {}): Promise<Stored<Fields>[]> {
    return this.run(async () => (await this.model.find(filter as object).sort(sort).limit(limit).lean().exec()) as unknown as Stored<Fields>[]);
  }

  count(filter: Filter): Promise<number> {
    return this.run(() => this.model.countDocuments(filter as object).exec());
  }

  change<Result>(id: string, step: (current: Fields | undefined) => Change<Fields, Result>): Promise<Result> {
    return this.run(() => this.changes.run(id, step));
  }

  async changeAll(filter: Filter, fields: Filter): Promise<number> {
    const given = Object.entries(fields);
    const set = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    const unset = Object.fromEntries(given.filter(([, value]) => value === undefined).map(([name]) => [name, '']));
    const { modifiedCount } = await this.run(() => this.model.updateMany(filter as object, { $set: set, $unset: unset, $inc: { version: 1 } }).exec());
    return modifiedCount;
  }

  add(documents: readonly Stored<Fields>[]): Promise<number> {
    return this.run(async () => {
      if (documents.length === 0) return 0;
      try {
        return (await this.collection.insertMany(documents as never[], { ordered: true })).insertedCount;
      } catch (error) {
        const { code, insertedCount } = error as { readonly code?: unknown; readonly insertedCount?: number };
        if (code !== DUPLICATE_KEY || insertedCount === undefined) throw error;
        return insertedCount;
      }
    });
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, Stored<Fields>>> {
    if (ids.length === 0) return new Map();
    const documents = (await this.model.find({ _id: ids.length === 1 ? ids[0] : { $in: ids } } as object).lean().exec()) as unknown as Stored<Fields>[];
    return new Map(documents.map((document) => [document._id, document]));
  }

  async versions(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const documents = (await this.model.find({ _id: { $in: ids } } as object, { version: 1 }).read('primary').readConcern('local').lean().exec()) as unknown as Stored<object>[];
    return new Map(documents.map(({ _id, version }) => [_id, version]));
  }

  async write(documents: readonly Stored<Fields>[]): Promise<ReadonlyMap<number, unknown>> {
    try {
      const replacements = documents.map((document) => ({ replaceOne: { filter: { _id: document._id, version: document.version - 1 }, replacement: document, upsert: true } }));
      await this.collection.bulkWrite(replacements as never[], { ordered: false });
      return new Map();
    } catch (error) {
      return errorsOf(error, documents.length) ?? (await this.writeEach(documents, error));
    }
  }

  async number(documents: readonly Stored<Fields>[]): Promise<readonly Stored<Fields>[]> {
    const { numbered, name } = this.declared;
    const fresh = documents.filter(({ version }) => version === 1);
    if (numbered === undefined || fresh.length === 0) return documents;
    let next = await this.counters.take(name, fresh.length);
    return documents.map((document) => (document.version === 1 ? { ...document, [numbered]: next++ } : document));
  }

  async renumber(): Promise<boolean> {
    const { numbered, name } = this.declared;
    if (numbered !== undefined) await this.counters.raise(name, this.collection, numbered);
    return numbered !== undefined;
  }

  /** A document that the driver itself refuses, since it is too large, fails all that travel with it. */
  private async writeEach(documents: readonly Stored<Fields>[], error: unknown): Promise<ReadonlyMap<number, unknown>> {
    if (documents.length === 1) return new Map([[0, error]]);
    if (!isRefusedUnsent(error)) throw error;
    const errors = await Promise.all(documents.map(async (document) => (await this.write([document])).get(0)));
    return new Map([...errors.entries()].filter(([, each]) => each !== undefined));
  }

  private async readBatch(ids: readonly string[]): Promise<{ result: Stored<Fields> | undefined }[]> {
    const found = await this.read([...new Set(ids)]);
    return ids.map((id) => ({ result: found.get(id) }));
  }

  private get collection(): Collection {
    return this.model.collection as unknown as Collection;
  }
}

/** The errors of single documents, where the server has answered for each of them. */
function errorsOf(error: unknown, sent: number): ReadonlyMap<number, unknown> | undefined {
  const { writeErrors, result } = error as { readonly writeErrors?: unknown; readonly result?: { readonly getWriteConcernError?: () => unknown } };
  if (writeErrors === undefined || result?.getWriteConcernError?.() !== undefined) return undefined;
  const each = [writeErrors].flat() as { readonly index: number; readonly code: number }[];
  return each.length > 0 && each.length <= sent ? new Map(each.map((one) => [one.index, Object.assign(new Error(messageOf(one)), { code: one.code })])) : undefined;
}

function messageOf(error: unknown): string {
  return (error as { readonly errmsg?: string }).errmsg ?? 'write error';
}

function isRefusedUnsent(error: unknown): boolean {
  return error instanceof RangeError || /^(BSON|MongoInvalidArgument)/.test((error as Error).name);
}
