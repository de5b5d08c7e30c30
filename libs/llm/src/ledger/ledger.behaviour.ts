import fc from 'fast-check';
import { byTime, entry, inOrder, plainSums, someEntries } from './entries.fixture.js';
import { type LedgerStore } from './ledger.store.js';
import { total } from './sums.js';

const [BEGIN, END] = ['2026-01-01', '2026-12-31'];

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeLedgerStore(place: () => () => Promise<LedgerStore>, { runs }: { readonly runs: number }): void {
  let open: () => Promise<LedgerStore>;
  let store: LedgerStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('nothing was spent in the beginning', async () => {
    expect([await store.sums(BEGIN, END), await store.entries(BEGIN, END)]).toEqual([[], []]);
  });

  test('an entry comes back as it was, without a cost where the price is not known', async () => {
    const [known, unknown] = [entry({ id: 'a' }), entry({ id: 'b', cost: undefined, price: undefined, model: '"\ud800\u0000' })];
    await store.record(known);
    await store.record(unknown);
    expect(await store.entries(BEGIN, END)).toEqual([known, unknown]);
    expect(total(await store.sums(BEGIN, END))).toMatchObject({ calls: 2, unpriced: 1, cost: known.cost });
  });

  test('a call that is told twice counts once, however many came between', async () => {
    const many = Array.from({ length: 200 }, (_, i) => entry({ id: `call ${i}` }));
    for (const one of many) await store.record(one);
    await Promise.all(many.map((one) => store.record(one)));
    expect(await store.sums(BEGIN, END)).toEqual(plainSums(many));
    expect(await store.entries(BEGIN, END)).toHaveLength(200);
  });

  test('a call that several processes tell at once counts once', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, open));
    const many = Array.from({ length: 80 }, (_, i) => entry({ id: `call ${i}` }));
    await Promise.all(stores.flatMap((each) => many.map((one) => each.record(one))));
    expect(await store.sums(BEGIN, END)).toEqual(plainSums(many));
    expect(await store.entries(BEGIN, END)).toEqual(byTime(many));
  });

  test('days are those of UTC, and both named days belong to a period', async () => {
    const [late, early, next] = [entry({ id: 'a', at: '2026-11-26T23:59:59.999Z' }), entry({ id: 'b', at: '2026-11-26T00:00:00.000Z' }), entry({ id: 'c', at: '2026-11-27T00:00:00.000Z' })];
    for (const one of [late, early, next]) await store.record(one);
    expect((await store.sums('2026-11-26', '2026-11-26')).map(({ day, calls }) => [day, calls])).toEqual([['2026-11-26', 2]]);
    expect(await store.entries('2026-11-26', '2026-11-26')).toEqual([early, late]);
    expect((await store.sums('2026-11-26', '2026-11-27')).map(({ day }) => day)).toEqual(['2026-11-26', '2026-11-27']);
  });

  test('a sum of more than the cents of a floating point number is exact', async () => {
    const costs = [9_007_199_254_740_000, 1, 990];
    for (const [i, cost] of costs.entries()) await store.record(entry({ id: String(i), cost }));
    expect(total(await store.sums(BEGIN, END)).cost).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('the sums are the plain sums of the entries', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, async (entries) => {
        const fresh = await place()();
        await Promise.all(entries.map((one) => fresh.record(one)));
        expect(inOrder(await fresh.sums(BEGIN, END))).toEqual(plainSums(entries));
        expect(await fresh.entries(BEGIN, END)).toEqual(byTime(entries));
      }),
      { numRuns: runs },
    );
  });

  test('what is counted is there when the place is opened again', async () => {
    await store.record(entry({ id: 'a' }));
    expect(await (await open()).sums(BEGIN, END)).toEqual(plainSums([entry({ id: 'a' })]));
  });
}
