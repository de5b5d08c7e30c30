import { openBatchStore } from './open-batch-store.js';
import { BatchPlace, questions } from './batch-place.fixture.js';

let place: BatchPlace;
beforeEach(async () => void (place = await new BatchPlace().open()));
afterEach(() => place.close());

describe('an interruption', () => {
  it('while a batch is waited for costs nothing: the next run goes on with it, and hands over nothing twice', async () => {
    const asked = questions(4);
    await place.interrupted(asked);
    const more = [...asked, ...questions(2, 4)];
    expect((await place.run(more)).answered).toBe(3 + 1);
    expect(place.told).toEqual(['submitted 3', 'found 1 3', 'submitted 1']);
    expect(await place.stored(more)).toBe(6);
    expect(new Set(place.provider.asked.map(({ custom_id }) => custom_id)).size).toBe(place.provider.asked.length);
  });

  it('leaves batches alone that the next run does not ask for', async () => {
    await place.interrupted(questions(3));
    await place.run(questions(3, 3));
    expect(place.told).toEqual(['submitted 2', 'submitted 2']);
    expect((await openBatchStore(place.store).pending()).map(({ questions: { length }, batch }) => [length, batch])).toEqual([[2, place.provider.batches[0].id]]);
  });

  it.each([
    ['POST /batches', 3],
    ['POST /files', 2],
  ])('of the connection with %s leaves nothing that would be paid twice, though the answer was never heard', async (call, left) => {
    place.provider.fault = (made) => (made === call ? 'cut' : undefined);
    await expect(place.run(questions(4))).rejects.toMatchObject({ name: 'InputError', code: 'LLM.UNREACHABLE' });
    place.provider.fault = () => undefined;
    expect((await place.run(questions(4))).answered).toBe(left);
    expect([await place.stored(questions(4)), place.provider.batches.length]).toEqual([4, 1]);
  });

  it('before a file was used lets it be deleted', async () => {
    place.provider.fault = (made) => (made === 'POST /batches' ? 503 : undefined);
    await expect(place.run(questions(3))).rejects.toMatchObject({ code: 'LLM.OUT_OF_ORDER' });
    expect(place.provider.files.size).toBe(1);
    place.provider.fault = () => undefined;
    await place.run(questions(3));
    expect(place.provider.files.size).toBe(0);
  });

  it('while replies are stored lets them be stored again, and counts none twice', async () => {
    let isFirst = true;
    place.provider.fate = (line, i) => (i === 0 ? { error: 'batch_expired' } : { body: { ...(line.body as object), choices: [{ message: { content: '1' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 5 } } });
    place.provider.fault = (call) => {
      const isErrorFile = call.endsWith('/content') && place.provider.times(call) === 2;
      if (!isErrorFile || !isFirst) return undefined;
      isFirst = false;
      return 503;
    };
    expect((await place.run(questions(5))).answered).toBe(3);
    expect(isFirst).toBe(false);
    expect(await place.entries()).toHaveLength(4);
  });
});

it('a batch that the provider does not know any more is asked anew', async () => {
  await place.interrupted(questions(3));
  place.provider.batches.length = 0;
  await place.run(questions(3));
  expect(await place.stored(questions(3))).toBe(3);
});

it('a batch is looked for among all that the provider has had since', async () => {
  place.provider.fault = (made) => (made === 'POST /batches' ? 'cut' : undefined);
  await expect(place.run(questions(4))).rejects.toMatchObject({ code: 'LLM.UNREACHABLE' });
  place.provider.fault = () => undefined;
  const [ours] = place.provider.batches;
  for (let i = 0; i < 250; i += 1) place.provider.batches.push({ ...ours, id: `of others ${i}`, metadata: null });
  expect((await place.run(questions(4))).answered).toBe(3);
  expect(place.told).toEqual(['found 1 3']);
});
