import { InputError } from '@math-labeler/curriculum';
import { Datasets, type NewVersion } from './datasets.js';
import { type DatasetStore } from './dataset-store.js';
import { SHIPPED } from './dataset-version.js';
import { type LabelledRow } from './labelled-row.js';
import { row } from './rows.fixture.js';

const made: NewVersion = { at: '2026-11-26T00:00:00.000Z', sources: [{ name: 'a.jsonl', sha256: 'ab' }], found: { nearDuplicate: 2 }, beside: 'shipped-dataset' };
const at = '2026-11-27T00:00:00.000Z';
const [one, two, three] = [row('1 + 1'), row('2 + 2'), row('3 + 3')];

/** What every adapter of the port does, and the versions over it. `place` gives an empty place, and a store over it as often as it is called. */
export function describeDatasetStore(place: () => () => Promise<DatasetStore>): void {
  let open: () => Promise<DatasetStore>;
  let store: DatasetStore;
  let datasets: Datasets;
  beforeEach(async () => {
    open = place();
    store = await open();
    datasets = new Datasets(store);
  });

  const contents = async (version: string): Promise<string[]> => Array.from((await datasets.rows(version)).values(), ({ content }) => content).sort();
  /** Imports on top of the present version, and gives its id. */
  const imported = async (...rows: readonly LabelledRow[]): Promise<string> => {
    const parent = await datasets.present();
    return (await datasets.commit(parent, await datasets.rows(parent), rows, made))!;
  };

  test('before the first import the shipped version is the present one, and there is no other', async () => {
    expect(await datasets.present()).toBe(SHIPPED);
    expect([await datasets.versions(), await datasets.history(), await contents(SHIPPED)]).toEqual([[], [], []]);
  });

  test('an import is a version with parent, counts, sources and findings, on top of what was there', async () => {
    const first = await imported(one);
    const second = await imported(two, { ...row('1 + 1', { level: 'A' }) });
    expect(await datasets.present()).toBe(second);
    expect(await datasets.versions()).toEqual([
      { id: first, number: 1, parent: SHIPPED, delta: expect.any(String) as string, ...made, added: 1, relabelled: 0, rows: 1 },
      { id: second, number: 2, parent: first, delta: expect.any(String) as string, ...made, added: 1, relabelled: 1, rows: 2 },
    ]);
    expect(await contents(second)).toEqual(['1 + 1', '2 + 2']);
    expect((await datasets.rows(second)).get(one.key)).toMatchObject({ level: 'A' });
    expect((await datasets.rows(first)).get(one.key)).toEqual(one);
  });

  test('what a row says is kept as it is, whatever it says', async () => {
    const strange = { ...row('\u0000 "가나" 👩‍🏫 \\ $a.b 하위 분류'), id: '$ne', type: '문장\u0000제', source: 'ㄱ.csv' };
    expect([...(await datasets.rows(await imported(strange))).values()]).toEqual([strange]);
  });

  test('the same content has the same id, whoever brought it in which order', async () => {
    await imported(one, two);
    const both = await imported(three);
    await datasets.rollback(SHIPPED, at);
    await imported(three);
    expect(await imported(two, one)).toBe(both);
    expect((await datasets.versions()).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('an import of nothing new makes no version', async () => {
    const first = await imported(one);
    expect(await datasets.commit(first, await datasets.rows(first), [], made)).toBeUndefined();
    expect(await datasets.commit(first, await datasets.rows(first), [one], made)).toBeUndefined();
    expect(await datasets.history()).toHaveLength(1);
  });

  test('until the version has moved nothing of an import is to be seen, and doing it again does it once', async () => {
    const broken = datasets.commit(SHIPPED, new Map(), [one, two], made, () => {
      throw new Error('stopped');
    });
    await expect(broken).rejects.toThrow('stopped');
    expect([await datasets.present(), await datasets.versions()]).toEqual([SHIPPED, []]);
    expect(await contents(await imported(one, two))).toEqual(['1 + 1', '2 + 2']);
  });

  test('of two imports at once the second is told, and nothing of it is kept', async () => {
    const others = new Datasets(await open());
    const both = [datasets.commit(SHIPPED, new Map(), [one], made), others.commit(SHIPPED, new Map(), [two], made)];
    const outcomes = await Promise.allSettled(both);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0].reason).toBeInstanceOf(InputError);
    expect(refused[0].reason).toMatchObject({ code: 'KNOWLEDGE.MOVED' });
    expect(await contents(await datasets.present())).toHaveLength(1);
    expect(await datasets.versions()).toHaveLength(1);
  });

  test('a rollback is a step of the history, after which imports go on from there', async () => {
    const first = await imported(one);
    const second = await imported(two);
    await datasets.rollback(first, at);
    expect(await datasets.present()).toBe(first);
    expect((await datasets.history()).at(-1)).toEqual({ action: 'rollback', from: second, to: first, at });
    const third = await imported(three);
    expect(await contents(third)).toEqual(['1 + 1', '3 + 3']);
    expect((await datasets.versions()).map(({ id, parent }) => [id, parent])).toEqual([[first, SHIPPED], [second, first], [third, first]]);
    await datasets.rollback(second, at);
    expect(await contents(await datasets.present())).toEqual(['1 + 1', '2 + 2']);
    await expect(datasets.rollback(second, at)).rejects.toMatchObject({ code: 'KNOWLEDGE.ALREADY_PRESENT' });
  });

  test('two versions differ by what was added, removed and labelled anew, in both directions', async () => {
    const first = await imported(one, two);
    await datasets.rollback(SHIPPED, at);
    const other = await imported(row('1 + 1', { level: 'A' }), three);
    expect(await datasets.diff(first, other)).toEqual({ added: [three], removed: [two], relabelled: [{ before: one, after: row('1 + 1', { level: 'A' }) }] });
    expect(await datasets.diff(other, first)).toMatchObject({ added: [two], removed: [three] });
    expect(await datasets.diff(first, first)).toEqual({ added: [], removed: [], relabelled: [] });
  });

  test('a version is found by its number, the beginning of its id, or as the present one', async () => {
    const first = await imported(one);
    const second = await imported(two);
    expect(await Promise.all(['1', 'v1', first, first.slice(0, 6).toUpperCase(), 'present', '0', 'shipped'].map((name) => datasets.find(name)))).toEqual([first, first, first, first, second, SHIPPED, SHIPPED]);
    for (const name of ['3', first.slice(0, 3), '', 'zzzz']) await expect(datasets.find(name)).rejects.toMatchObject({ code: 'KNOWLEDGE.NO_VERSION' });
  });

  test('a version of many rows is there whole when the place is opened again', async () => {
    const many = Array.from({ length: 2100 }, (_, i) => row(`${i} + 1`));
    const id = await imported(...many);
    datasets = new Datasets(await open());
    expect([...(await datasets.rows(id)).values()].sort(byKey)).toEqual([...many].sort(byKey));
  });
}

function byKey(a: LabelledRow, b: LabelledRow): number {
  return a.key < b.key ? -1 : 1;
}
