import { type BatchStore, type KeptBatch } from './batch.store.js';

const questions = [
  { key: { problem: 'a1', prompt: 'v1', candidates: ['4수01-01', '4수01-02'], sample: 0 }, purpose: 'first look' as const },
  { key: { problem: 'a2', prompt: 'v1', candidates: ['4수01-02'], sample: 1 }, purpose: 'second look' as const },
];
const batch: KeptBatch = { id: 'ours-1', model: 'luna', server: 'https://models.example/v1', submittedAt: '2026-11-27T01:00:00.000Z', questions, estimate: 1_234_567, file: 'file-1' };

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeBatchStore(place: () => () => Promise<BatchStore>): void {
  let open: () => Promise<BatchStore>;
  let store: BatchStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('where nothing was handed over, nothing is under way', async () => {
    expect(await store.pending()).toEqual([]);
  });

  test('a batch is under way before the provider has told its id, and whoever opens the place anew knows its questions', async () => {
    await store.keep(batch);
    expect(await (await open()).pending()).toEqual([batch]);
  });

  test('what the provider tells is added', async () => {
    const known = { ...batch, batch: 'batch-1' };
    for (const told of [batch, known]) await store.keep(told);
    expect(await store.pending()).toEqual([known]);
  });

  test('a batch that is settled is not under way, however often it is said, and others are', async () => {
    const other = { ...batch, id: 'ours-2' };
    await store.keep(batch);
    await store.keep(other);
    for (let time = 0; time < 2; time += 1) await store.settle('ours-1', 'completed');
    await store.settle('nobody knows', 'expired');
    await store.keep({ ...batch, batch: 'batch-1' });
    expect(await store.pending()).toEqual([other]);
  });

  test('the earliest comes first', async () => {
    const days = ['2026-11-28', '2026-11-26', '2026-11-27'];
    for (const day of days) await store.keep({ ...batch, id: day, submittedAt: `${day}T00:00:00.000Z` });
    expect((await store.pending()).map(({ id }) => id)).toEqual([...days].sort());
  });

  test('as many questions as a batch may hold come back, and a model may be called anything', async () => {
    const many = Array.from({ length: 50_000 }, (_, i) => ({
      key: { problem: i.toString(16).padStart(64, 'f0e1d2c3b4a5968778695a4b3c2d1e0f'), prompt: 'first-1', candidates: Array.from({ length: 12 }, (__, c) => `${2 + 2 * (i % 3)}수0${1 + (c % 4)}-${10 + ((i * 7 + c) % 20)}`), sample: 0 },
      purpose: 'first look' as const,
    }));
    await store.keep({ ...batch, model: '"\ud800\u0000', questions: many });
    const [back] = await store.pending();
    expect([back.model, back.questions.length]).toEqual(['"\ud800\u0000', many.length]);
    expect(back.questions.at(-1)).toEqual(many.at(-1));
  }, 20_000);
}
