import { TransientError } from '@math-labeler/contracts';
import { type MongoStore, type MongoTable } from '@math-labeler/storage';
import { describeOnMongo, MongoPlaces } from '../../../storage/src/mongo/mongo-places.fixture.js';
import { byTime, entry, plainSums } from './entries.fixture.js';
import { describeLedgerStore } from './ledger.behaviour.js';
import { LLM_CALLS, LLM_PAGES, MongoLedgerStore } from './ledger.mongo.js';

const [BEGIN, END] = ['2026-01-01', '2026-12-31'];

describeOnMongo('the ledger in MongoDB', () => {
  const places = new MongoPlaces([LLM_PAGES, LLM_CALLS]);
  afterAll(() => places.close());
  describeLedgerStore(() => places.place((store) => new MongoLedgerStore(store)), { runs: 5 });

  test('wherever a process dies, each entry is there once and the sums are those of the entries, before and after it is told again', async () => {
    const many = Array.from({ length: 40 }, (_, i) => entry({ id: `call ${i}` }));
    const place = places.place((store) => store);
    const writer = await place();
    const reader = new MongoLedgerStore(await place());
    const told: typeof many = [];
    let deaths = 0;
    for (const one of many) {
      // Dies at the first step, then at the second, and so on, until it comes through.
      for (let steps = 0; ; steps += 1) {
        const isDone = await new MongoLedgerStore(dyingAfter(writer, steps), 4).record(one).then(() => true, isDeath);
        if (isDone) break;
        deaths += 1;
        const [sums, entries] = [await reader.sums(BEGIN, END), await reader.entries(BEGIN, END)];
        expect(sums).toEqual(plainSums(entries));
        expect([told.length, told.length + 1]).toContain(entries.length);
      }
      told.push(one);
    }
    expect(deaths).toBeGreaterThan(4 * many.length);
    expect(await reader.entries(BEGIN, END)).toEqual(byTime(many));
    expect(await reader.sums(BEGIN, END)).toEqual(plainSums(many));
  }, 60_000);

  test.each([1, 2, 3])('a call that another process tells, and puts away, before step %i of ours counts once', async (before) => {
    const place = places.place((store) => store);
    const [ours, theirs] = [await place(), new MongoLedgerStore(await place(), 1)];
    const one = entry({ id: 'a' });
    await new MongoLedgerStore(
      stepping(ours, async (number, work) => {
        if (number === before) await theirs.record(one);
        return work();
      }),
    ).record(one);
    expect([await theirs.sums(BEGIN, END), await theirs.entries(BEGIN, END)]).toEqual([plainSums([one]), [one]]);
  });
});

type Step = (number: number, work: () => Promise<unknown>) => Promise<unknown>;

/** The store as a process sees it whose steps, counted from 1, go through this function. */
function stepping(store: MongoStore, step: Step): MongoStore {
  let number = 0;
  const table = ((collection) =>
    new Proxy(store.table(collection), {
      get: (target, name: keyof MongoTable<object>) => (...args: unknown[]) => step(++number, () => (target[name] as (...all: unknown[]) => Promise<unknown>).apply(target, args)),
    })) as MongoStore['table'];
  return { ...store, table };
}

/** The store of a process that takes some steps more, the last of which it never learns the end of. */
function dyingAfter(store: MongoStore, steps: number): MongoStore {
  return stepping(store, async (number, work) => {
    if (number > steps) throw new TransientError('dead');
    const result = await work();
    if (number === steps) throw new TransientError('dead');
    return result;
  });
}

function isDeath(error: unknown): false {
  if ((error as Error).message !== 'dead') throw error;
  return false;
}
