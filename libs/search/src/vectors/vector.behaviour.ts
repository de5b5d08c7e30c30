import { type VectorStore } from './vector.store.js';

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64));
const vector = Float32Array.of(0.1, -0.2, 1e-30, 0.7);
const other = Float32Array.of(1, 0, 0, 0);

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeVectorStore(place: () => () => Promise<VectorStore>): void {
  let open: () => Promise<VectorStore>;
  let store: VectorStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('what was never kept is not there', async () => {
    expect(await store.find('e5', [one, two])).toEqual([undefined, undefined]);
    expect(await store.find('e5', [])).toEqual([]);
  });

  test('vectors are found bit for bit, in the order in which they are asked for', async () => {
    await store.keep('e5', [{ text: one, vector }, { text: two, vector: other }]);
    expect(await store.find('e5', [two, three, one, two])).toEqual([other, undefined, vector, other]);
  });

  test('each embedder has its own vector of a text', async () => {
    await store.keep('e5', [{ text: one, vector }]);
    expect(await store.find('e5-large', [one])).toEqual([undefined]);
    await store.keep('e5-large', [{ text: one, vector: other }]);
    expect(await store.find('e5', [one])).toEqual([vector]);
  });

  test('what is kept stays, whoever comes later', async () => {
    await store.keep('e5', [{ text: one, vector }]);
    await store.keep('e5', [{ text: one, vector: other }, { text: two, vector: other }]);
    expect(await store.find('e5', [one, two])).toEqual([vector, other]);
  });

  test('many vectors are there when the place is opened again', async () => {
    const many = Array.from({ length: 600 }, (_, i) => ({ text: i.toString(16).padStart(64, '0'), vector: Float32Array.of(i, 1) }));
    await store.keep('e5', many);
    store = await open();
    expect(await store.find('e5', many.map(({ text }) => text))).toEqual(many.map((kept) => kept.vector));
  });
}
