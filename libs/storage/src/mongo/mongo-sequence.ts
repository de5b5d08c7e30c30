import { setTimeout as delay } from 'node:timers/promises';
import { TransientError } from '@math-labeler/contracts';
import { Batches, type Outcome } from './batches.js';
import { mongoText } from './mongo-collection.js';
import { type MongoTable, type Stored } from './mongo-store.js';

/** How long others may be faster than us, in ms. */
const PATIENCE_MS = 5000;
const LANES = 2;

/** Where an entry lies, and how long its list was then. */
export interface Appended {
  readonly place: number;
  readonly length: number;
}

/** What an entry of a list has besides what it holds. */
export interface Placed {
  readonly list: string;
  /** 1 for the first of its list, and so on without gaps. */
  readonly place: number;
}

export const SEQUENCE_FIELDS = { list: { type: String, required: true }, place: { type: Number, required: true } } as const;
export const SEQUENCE_INDEXES = [{ keys: { list: 1, place: 1 }, unique: true }] as const;

interface Entry<Fields> {
  readonly list: string;
  readonly id: string;
  readonly fields: Omit<Fields, keyof Placed>;
}

/**
 * Lists that only grow at their end, each entry a document: it is there once, by its name, and nothing ever comes in before it. Who wants a place that
 * another process has just taken asks for the next one, which a unique index sees to.
 */
export class MongoSequence<Fields extends Placed> {
  private readonly batches: Batches<Entry<Fields>, Appended>;

  constructor(private readonly table: MongoTable<Fields>) {
    this.batches = new Batches(({ list }) => list, (entries) => this.appendAll(entries), LANES);
  }

  /** Adds an entry, unless one of that name is in the list; gives the place of the one that is there. */
  append(list: string, name: string, fields: Omit<Fields, keyof Placed>): Promise<Appended> {
    return this.batches.run({ list: mongoText(list), id: mongoText(JSON.stringify([list, name])), fields });
  }

  /** The entries of a list up to a place, that one too. */
  upTo(list: string, place = Number.MAX_SAFE_INTEGER, limit?: number): Promise<Stored<Fields>[]> {
    return this.table.find({ list: mongoText(list), place: { $lte: place } }, { sort: { place: 1 }, limit });
  }

  private async appendAll(entries: readonly Entry<Fields>[]): Promise<Outcome<Appended>[]> {
    const lists = new Map<string, Entry<Fields>[]>();
    for (const entry of entries) lists.set(entry.list, [...(lists.get(entry.list) ?? []), entry]);
    const places = new Map<Entry<Fields>, Outcome<Appended>>();
    await Promise.all(
      [...lists].map(async ([list, group]) => {
        try {
          const { taken, length } = await this.appendTo(list, group);
          for (const entry of group) places.set(entry, { result: { place: taken.get(entry.id)!, length } });
        } catch (error) {
          for (const entry of group) places.set(entry, { error });
        }
      }),
    );
    return entries.map((entry) => places.get(entry)!);
  }

  private async appendTo(list: string, group: readonly Entry<Fields>[]): Promise<{ readonly taken: ReadonlyMap<string, number>; readonly length: number }> {
    const taken = new Map<string, number>();
    const deadline = Date.now() + PATIENCE_MS;
    for (let tries = 0; ; tries += 1) {
      const open = [...new Map(group.filter(({ id }) => !taken.has(id)).map((entry) => [entry.id, entry])).values()];
      const [there, [last]] = await Promise.all([this.table.getAll(open.map(({ id }) => id)), this.table.find({ list }, { sort: { place: -1 }, limit: 1 })]);
      for (const one of there) if (one !== undefined) taken.set(one._id, one.place);
      const length = last?.place ?? 0;
      const fresh = open.filter(({ id }) => !taken.has(id));
      const documents = fresh.map(({ id, fields }, i) => ({ ...fields, _id: id, version: 1, list, place: length + 1 + i }) as unknown as Stored<Fields>);
      const added = await this.table.add(documents);
      for (const { _id, place } of documents.slice(0, added)) taken.set(_id, place);
      // What was found may have come in after the length was read.
      if (added === fresh.length) return { taken, length: Math.max(length + added, ...taken.values()) };
      if (Date.now() > deadline) throw new TransientError('others add to the same list all the time');
      await delay(Math.random() * Math.min(100, 2 ** tries));
    }
  }
}
