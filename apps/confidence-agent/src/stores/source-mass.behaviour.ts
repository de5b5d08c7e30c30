import { type BandMass } from '@math-labeler/confidence';
import { type SourceMassStore } from './source-mass.store.js';

const low: BandMass = [0.75, 0.25, 0];
const high: BandMass = [0, 0.125, 0.875];

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeSourceMassStore(place: () => () => Promise<SourceMassStore>): void {
  let open: () => Promise<SourceMassStore>;
  let store: SourceMassStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('a new source has no masses', async () => {
    expect(await store.masses('문제집', 10)).toEqual([]);
  });

  test('a problem counts once for its source, with the mass it came with first', async () => {
    expect(await store.count('문제집', '1', low)).toBe(1);
    expect(await store.count('문제집', '1', high)).toBe(1);
    expect(await store.masses('문제집', 10)).toEqual([low]);
  });

  test('a problem of several sources counts for each', async () => {
    await store.count('문제집', '1', low);
    expect(await store.count('교과서', '1', high)).toBe(1);
    expect(await store.masses('교과서', 10)).toEqual([high]);
  });

  test('masses come in the order in which they were counted, the first ones where there are more than wanted', async () => {
    await store.count('문제집', 'b', low);
    await store.count('문제집', 'a', high);
    expect(await store.count('문제집', 'c', low)).toBe(3);
    expect(await store.masses('문제집', 2)).toEqual([low, high]);
  });

  test('problems that come at once are each counted', async () => {
    const counts = await Promise.all(['1', '2', '3'].map((id) => store.count('문제집', id, low)));
    expect(Math.max(...counts)).toBe(3);
    expect(await store.masses('문제집', 10)).toHaveLength(3);
  });

  test('what is counted is there when the place is opened again', async () => {
    await store.count('문제집', '1', low);
    store = await open();
    expect(await store.count('문제집', '2', high)).toBe(2);
  });
}
