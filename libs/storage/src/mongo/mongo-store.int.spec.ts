import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { mongoUri } from '../../../../tools/test-servers/index.mjs';
import { openMongoStore } from '../open-mongo-store.js';
import { type MongoCollection, mongoText, textOf } from './mongo-collection.js';
import { describeOnMongo, MongoPlaces, shared } from './mongo-places.fixture.js';
import { MongoSequence, type Placed, SEQUENCE_FIELDS, SEQUENCE_INDEXES } from './mongo-sequence.js';
import { type MongoStore, type MongoTable } from './mongo-store.js';

interface Fields {
  readonly seq?: number;
  readonly count: number;
  readonly tag?: string;
  readonly category?: { readonly '대분류': string; readonly '하위 분류': string };
}
const THINGS: MongoCollection<Fields> = {
  name: 'things',
  numbered: 'seq',
  fields: { seq: Number, count: { type: Number, required: true, max: 1000 }, tag: String, category: { type: { 대분류: String, '하위 분류': String }, _id: false } },
  indexes: [{ keys: { seq: 1 }, unique: true }, { keys: { tag: 1 }, unique: true, where: { tag: { $exists: true } } }, { keys: { 'category.하위 분류': 1 } }],
};
type Line = Placed & { readonly word: string };
const LINES: MongoCollection<Line> = { name: 'lines', fields: { ...SEQUENCE_FIELDS, word: { type: String, required: true } }, indexes: SEQUENCE_INDEXES };

const WRITERS = 8;
const add = (current: Fields | undefined) => ({ next: { ...current, count: (current?.count ?? 0) + 1 }, result: (current?.count ?? 0) + 1 });

describeOnMongo('a store in MongoDB', () => {
  const places = new MongoPlaces([THINGS, LINES]);
  const raw: mongoose.Connection[] = [];
  let uri: string;
  let store: MongoStore;
  let things: MongoTable<Fields>;
  beforeEach(async () => {
    uri = mongoUri(shared!, `spec-${randomUUID()}`);
    store = await places.open(uri);
    things = store.table(THINGS);
  });
  afterAll(async () => {
    await Promise.all([...raw.map((connection) => connection.close()), places.close()]);
  });
  /** Past the store, as another program. */
  async function plain(): Promise<mongoose.mongo.Db> {
    const connection = await mongoose.createConnection(uri).asPromise();
    raw.push(connection);
    return connection.db!;
  }
  const strangers = () => Promise.all(Array.from({ length: WRITERS }, () => places.open(uri)));

  test('eight writers that know nothing of each other change one document, and no change is lost', async () => {
    const tables = (await strangers()).map((one) => one.table(THINGS));
    const results = await Promise.all(tables.flatMap((table) => Array.from({ length: 20 }, () => table.change('a', add))));
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: WRITERS * 20 }, (_, i) => i + 1));
    expect(await things.get('a')).toMatchObject({ count: WRITERS * 20 });
  });

  test('eight writers that put one new document at once: one is first, the others see it', async () => {
    const tables = (await strangers()).map((one) => one.table(THINGS));
    const winners = await Promise.all(tables.map((table, i) => table.change('a', (current) => ({ next: current === undefined ? { count: i } : undefined, result: current?.count ?? i }))));
    expect(new Set(winners).size).toBe(1);
  });

  test('eight writers to one list: it has no gaps, and each entry is there once', async () => {
    const lists = (await strangers()).map((one) => new MongoSequence(one.table(LINES)));
    const appended = await Promise.all(lists.flatMap((list, w) => Array.from({ length: 6 }, (_, i) => list.append('소스', `${i < 3 ? 'shared' : w}-${i}`, { word: 'a' }))));
    const all = await lists[0].upTo('소스');
    expect(all.map(({ place }) => place)).toEqual(Array.from({ length: 3 + 3 * WRITERS }, (_, i) => i + 1));
    expect(new Set(appended.map(({ place }) => place)).size).toBe(all.length);
    expect((await lists[1].append('소스', 'shared-0', { word: 'b' })).length).toBe(all.length);
  });

  test('new documents are numbered in the order in which they come, also after the counter was lost', async () => {
    for (const id of ['a', 'b', 'c']) await things.change(id, add);
    await (await plain()).collection('counters').deleteMany({});
    await things.change('d', add);
    const seqs = (await things.find({}, { sort: { _id: 1 } })).map(({ seq }) => seq!);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(4);
  });

  test('a second unique key that is taken is refused for good, and takes nobody with it', async () => {
    await things.change('a', () => ({ next: { count: 1, tag: 'x' }, result: 0 }));
    const told = await Promise.allSettled([things.change('b', () => ({ next: { count: 1, tag: 'y' }, result: 0 })), things.change('c', () => ({ next: { count: 1, tag: 'z' }, result: 0 }))]);
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await expect(things.change('b', (current) => ({ next: { ...current!, tag: 'x' }, result: 0 }))).rejects.toMatchObject({ name: 'PermanentError', code: 'STORE.DUPLICATE' });
  });

  test('what the validator refuses, what is too large and a step that fails are told alone; the others of their batch are kept', async () => {
    const told = await Promise.allSettled([
      things.change('a', add),
      things.change('b', () => ({ next: { count: 'many' as unknown as number }, result: 0 })),
      things.change('c', () => ({ next: { count: 1, tag: 'x'.repeat(17_000_000) }, result: 0 })),
      things.change('d', () => {
        throw new TypeError('a bug');
      }),
      things.change('e', add),
    ]);
    expect(told.map((one) => (one.status === 'fulfilled' ? one.value : ((one.reason as { code?: string }).code ?? (one.reason as Error).name)))).toEqual([1, 'STORE.INVALID', 'STORE.TOO_LARGE', 'TypeError', 1]);
    expect((await things.find({})).map(({ _id }) => _id).sort()).toEqual(['a', 'e']);
  });

  test('a query for a field that is not declared is refused', async () => {
    await expect(things.find({ cuont: 1 })).rejects.toMatchObject({ code: 'STORE.INVALID' });
  });

  test.each(['a\u0000b', '$set', 'a.b', '__proto__', '\ud800', '"\\ud800"', '', '가'.normalize('NFD'), '가', '😀'])('any text is a key, and comes back as it was: %j', async (text) => {
    await things.change(mongoText('other'), add);
    await things.change(mongoText(text), () => ({ next: { count: 2, tag: mongoText(text) }, result: 0 }));
    expect((await things.find({ count: 2 })).map(({ _id, tag }) => [textOf(_id), textOf(tag!)])).toEqual([[text, text]]);
  });

  test('Korean keys are kept and found as they are, by their index', async () => {
    const category = { 대분류: '수와 연산', '하위 분류': '[2수01-01-A]' };
    await things.change('a', () => ({ next: { count: 1, category }, result: 0 }));
    expect(await things.find({ 'category.하위 분류': '[2수01-01-A]' })).toMatchObject([{ category }]);
    const explained = await (await plain()).collection('things').find({ 'category.하위 분류': 'a' }).explain();
    expect(JSON.stringify(explained)).toContain('"IXSCAN"');
  });

  test('a migration does what is missing, once, even two at a time, and keeps what it did', async () => {
    const other = mongoUri(shared!, `spec-${randomUUID()}`);
    const [one, two] = [await openMongoStore(other), await openMongoStore(other)];
    try {
      expect(await one.missing([THINGS])).toEqual(['things: create', 'things: index seq_1', 'things: index tag_1', 'things: index category.하위 분류_1']);
      await Promise.all([one.migrate([THINGS]), two.migrate([THINGS])]);
      expect(await two.missing([THINGS])).toEqual([]);
      expect(await one.migrate([THINGS])).toEqual([]);
      const changed = { ...THINGS, fields: { ...THINGS.fields, count: { type: Number, required: true, min: 0 }, tag: { type: String, required: true } } };
      expect(await one.missing([changed])).toEqual(['things: validator']);
      await one.migrate([changed]);
      const { applied } = await two.status([changed]);
      expect(applied.map(({ name }) => name)).toEqual(['things', 'things']);
      expect(applied[0].hash).not.toBe(applied[1].hash);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });

  test('an index that stands in the way of ours, and values that are not unique, are explained', async () => {
    const db = await plain();
    await db.collection('lines').createIndex({ word: 1 }, { name: 'word_1' });
    const clash = { ...LINES, indexes: [...LINES.indexes, { keys: { word: 1 }, unique: true }] } as const;
    await expect(store.migrate([clash])).rejects.toMatchObject({ name: 'InputError', code: 'STORAGE.INDEX_CONFLICT', reason: { ko: expect.stringMatching(/인덱스/) } });
    await db.collection('lines').dropIndex('word_1');
    const list = new MongoSequence(store.table(LINES));
    await list.append('a', '1', { word: 'same' });
    await list.append('a', '2', { word: 'same' });
    await expect(store.migrate([clash])).rejects.toMatchObject({ code: 'STORAGE.INDEX_CONFLICT' });
  });
});

test('an address that is none is refused at once', async () => {
  await expect(openMongoStore('mongo://a')).rejects.toMatchObject({ name: 'InputError', code: 'STORAGE.BAD_URI', field: 'MONGODB_URI' });
});
