import { openLanguageModel } from '../openai/open-model.js';
import { chatVoice, responsesVoice } from '../openai/provider-voice.fixture.js';
import { openBatchStore } from './open-batch-store.js';
import { BatchPlace, DONE, NOW, type PlaceOptions, questions } from './batch-place.fixture.js';

const places: BatchPlace[] = [];
afterEach(() => Promise.all(places.splice(0).map((place) => place.close())));

async function openPlace(given: PlaceOptions = {}): Promise<BatchPlace> {
  const place = await new BatchPlace(given).open();
  places.push(place);
  return place;
}

describe('questions in a batch', () => {
  it.each([['chat', chatVoice], ['responses', responsesVoice]] as const)('are, to the letter, those that %s asks at once', async (_, voice) => {
    const place = await openPlace({ voice });
    const asked = questions(3);
    await place.run(asked);
    const lines = place.provider.asked;
    place.provider.atOnce.length = 0;
    const model = openLanguageModel(place.options());
    for (const one of asked.slice(1)) await model.ask(one, new AbortController().signal);
    expect(lines.map(({ body }) => body)).toEqual(place.provider.atOnce);
    expect(lines.map(({ url }) => url)).toEqual(Array(2).fill(voice.api === 'chat' ? '/v1/chat/completions' : '/v1/responses'));
    expect(await place.stored(asked)).toBe(3);
  });

  it('leave out what the server does not understand, which one question finds out at once', async () => {
    const unknown = { status: 400, body: { error: { message: "Unsupported parameter: 'temperature'", param: 'temperature', code: 'unsupported_parameter' } } };
    const place = await openPlace({ answer: (body) => ('temperature' in body ? unknown : { body: chatVoice.answered('1') }) });
    expect((await place.run(questions(4))).failures).toEqual([]);
    expect(place.provider.asked.map(({ body }) => 'temperature' in body)).toEqual([false, false, false]);
  });

  it('are answered in whatever order the replies come, each counted once, at half the price, when the provider was done', async () => {
    const place = await openPlace();
    place.provider.arrange = (lines) => [...lines.reverse(), lines[0], 'no line', JSON.stringify({ ...(JSON.parse(lines[1]) as object), custom_id: 'of somebody else' })];
    const asked = questions(5);
    expect((await place.run(asked)).answered).toBe(4);
    expect(await place.stored(asked)).toBe(5);
    const [scout, ...batch] = await place.entries();
    expect(scout).toMatchObject({ way: 'at once', at: new Date(NOW).toISOString() });
    expect(scout.cost).toBeGreaterThan(0);
    expect(batch.map(({ way, at, cost }) => [way, at, cost! * 2])).toEqual(Array(4).fill(['batch', new Date(DONE).toISOString(), scout.cost]));
  });

  it('that were answered are never asked again', async () => {
    const place = await openPlace();
    await place.run(questions(3));
    const { length } = place.provider.calls;
    expect((await place.run(questions(3))).answered).toBe(0);
    expect(place.provider.calls).toHaveLength(length);
  });

  it.each([
    ['many', { questions: 3, bytes: 1e9 }, [3, 3, 1]],
    ['long', { questions: 100, bytes: 1500 }, [2, 2, 2, 1]],
  ])('go in several files where they are too %s for one', async (_, limits, sizes) => {
    const place = await openPlace({ limits });
    expect((await place.run(questions(8))).answered).toBe(7);
    expect(place.told).toEqual(sizes.map((size) => `submitted ${size}`));
    expect(Math.max(...place.provider.asked.map((line) => JSON.stringify(line).length))).toBeLessThan(750);
  });
});

describe('a question that comes to nothing', () => {
  it('is told by reason and stays unanswered, and only it is asked the next time', async () => {
    const place = await openPlace();
    const asked = questions(7);
    const fates = [{ status: 429, body: { error: { message: 'slow down', code: 'rate_limit_exceeded' } } }, { error: 'batch_expired' }, { error: 'batch_expired' }, 'silence', { body: { nothing: true } }] as const;
    place.provider.fate = (_, i) => fates[i] ?? { body: chatVoice.answered('1') };
    const tally = await place.run(asked);
    expect(tally.answered).toBe(1);
    expect(tally.failures.map(({ reason, count }) => `${count} ${reason}`)).toEqual(['2 batch_expired', '1 LLM.UNREADABLE', '1 429 rate_limit_exceeded', '1 no reply']);
    place.provider.fate = () => ({ body: chatVoice.answered('1') });
    await place.run(asked);
    expect([await place.stored(asked), place.provider.asked.length, place.provider.atOnce.length]).toEqual([7, 6 + 4, 2]);
  });

  it.each(['expired', 'cancelled'])('where a batch is %s, leaves the others in it their replies', async (status) => {
    const place = await openPlace();
    place.provider.course = ['validating', status];
    place.provider.fate = (_, i) => (i === 0 ? { body: chatVoice.answered('1') } : 'silence');
    const tally = await place.run(questions(4));
    expect([tally.answered, tally.failures]).toEqual([1, [{ reason: status, message: '', count: 2 }]]);
  });

  it('since the provider’s filter holds it back, is answered for good, as at once', async () => {
    const place = await openPlace();
    place.provider.fate = () => ({ status: 400, body: { error: { message: 'filtered', code: 'content_filter' } } });
    const asked = questions(2);
    await place.run(asked);
    expect(await place.reply(asked[1])).toMatchObject({ outcome: 'filtered' });
  });
});

describe('the provider', () => {
  it('that refuses a batch as a whole is told of in its words', async () => {
    const place = await openPlace();
    place.provider.course = ['validating', 'failed'];
    place.provider.complaint = 'Enqueued token limit reached';
    await expect(place.run(questions(2))).rejects.toMatchObject({ name: 'InputError', code: 'LLM.BATCH_REFUSED', reason: { en: expect.stringContaining('Enqueued token limit reached') } });
    expect(await openBatchStore(place.store).pending()).toEqual([]);
  });

  it('is asked again while it is away, and has no files of ours in the end', async () => {
    const place = await openPlace();
    let failures = 3;
    place.provider.fault = (call) => ((call === 'GET /batches/:id' || call.endsWith('/content')) && failures-- > 0 ? 503 : undefined);
    expect((await place.run(questions(3))).answered).toBe(2);
    expect([place.told, place.provider.files.size]).toEqual([['submitted 2', 'trouble', 'trouble', 'trouble'], 0]);
  });

  it('that does not come back is given up after half an hour, and the batch is still under way', async () => {
    const place = await openPlace();
    place.provider.fault = (call) => (call === 'GET /batches/:id' ? 503 : undefined);
    await expect(place.run(questions(2))).rejects.toMatchObject({ name: 'InputError', code: 'LLM.OUT_OF_ORDER' });
    expect(await openBatchStore(place.store).pending()).toHaveLength(1);
  });

  it('that keeps a file is told of', async () => {
    const place = await openPlace();
    place.provider.fault = (call) => (call.startsWith('DELETE') ? 500 : undefined);
    await place.run(questions(2));
    expect(place.told.filter((line) => line.startsWith('left'))).toHaveLength(2);
  });

  it.each([404, 405, 501])('that answers %i for batches has none, which is told before anything is asked', async (status) => {
    const place = await openPlace();
    place.provider.fault = (call) => (call === 'GET /batches' ? status : undefined);
    await expect(place.run(questions(2))).rejects.toMatchObject({ name: 'InputError', code: 'LLM.NO_BATCHES', field: 'OPENAI_BASE_URL' });
    expect(place.provider.calls).toEqual(['GET /batches']);
  });

  it('that lets nobody in is told of, without the key', async () => {
    const place = await openPlace();
    place.provider.fault = () => 401;
    const error: unknown = await place.run(questions(2)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'InputError', code: 'LLM.NOT_LET_IN' });
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('secret-of-the-owner');
  });

  it('that does not know the model says so before a file is sent', async () => {
    const place = await openPlace();
    place.provider.fault = (call) => (call.includes('completions') ? 404 : undefined);
    await expect(place.run(questions(2))).rejects.toMatchObject({ name: 'InputError', code: 'LLM.NO_SUCH_MODEL' });
    expect(place.provider.times('POST /files')).toBe(0);
  });
});

describe('the budget', () => {
  it('that a batch would exceed keeps it from being asked at all, and it is told by how much', async () => {
    const place = await openPlace();
    await expect(place.run(questions(100), { budget: { day: 100, month: 0.5 } })).rejects.toMatchObject({ code: 'LLM.OVER_BUDGET', field: 'LLM_BUDGET_MONTH', reason: { en: expect.stringMatching(/allows \$0\.5000 more, and this batch would cost about \$[1-9]\.\d{4}/) } });
    expect(place.provider.calls).toEqual(['GET /batches']);
  });

  it('counts what is under way', async () => {
    const place = await openPlace();
    await place.interrupted(questions(61));
    const [{ estimate }] = await openBatchStore(place.store).pending();
    const limit = (share: number) => ({ budget: { day: (share * estimate) / 1e9 } });
    await expect(place.run(questions(60, 61), limit(1.9))).rejects.toMatchObject({ code: 'LLM.OVER_BUDGET' });
    expect((await place.run(questions(60, 61), limit(2.2))).answered).toBe(59);
  });
});
