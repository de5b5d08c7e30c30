import { type QuestionKey, type Reply } from '../language-model.js';
import { type ReplyStore } from './reply.store.js';

const key: QuestionKey = { problem: 'a1', prompt: 'v1', candidates: ['4수01-01', '4수01-02'], sample: 0 };
const reply: Reply = {
  outcome: 'answered',
  text: '{"reason":"분수\u0000 \ud800","answer":"2B"}',
  tokens: [{ text: '2B', logprob: -0.25, top: [{ text: '2B', logprob: -0.25 }, { text: '1\udfff', logprob: -1.5 }] }],
  usage: { input: 1900, cachedInput: 1536, output: 120, reasoning: 0 },
  model: 'gpt-6-luna-2026-09-22',
};
const other: Reply = { outcome: 'refused', text: '', usage: { input: 1, cachedInput: 0, output: 0, reasoning: 0 }, model: 'm' };

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeReplyStore(place: () => () => Promise<ReplyStore>): void {
  let open: () => Promise<ReplyStore>;
  let store: ReplyStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('a question that was not asked has no reply', async () => {
    expect(await store.find('luna', key)).toBeUndefined();
  });

  test('a reply comes back as it was, whatever the model has said', async () => {
    expect(await store.keep('luna', key, reply)).toEqual(reply);
    expect(await store.find('luna', key)).toEqual(reply);
  });

  test('a reply without probabilities has none', async () => {
    await store.keep('luna', key, other);
    expect(await store.find('luna', key)).toEqual(other);
  });

  test('the first reply stays, and is what a later one is given', async () => {
    await store.keep('luna', key, reply);
    expect(await store.keep('luna', key, other)).toEqual(reply);
    expect(await store.find('luna', key)).toEqual(reply);
  });

  test('two that come at once come to the same', async () => {
    const [one, two] = await Promise.all([store.keep('luna', key, reply), (await open()).keep('luna', key, other)]);
    expect(one).toEqual(two);
  });

  test.each([
    ['model', 'sol', key],
    ['problem', 'luna', { ...key, problem: 'a2' }],
    ['prompt', 'luna', { ...key, prompt: 'v2' }],
    ['order of candidates', 'luna', { ...key, candidates: ['4수01-02', '4수01-01'] }],
    ['sample', 'luna', { ...key, sample: 1 }],
  ] as const)('another %s is another question', async (_, model, another) => {
    await store.keep('luna', key, reply);
    expect(await store.find(model, another)).toBeUndefined();
  });

  test('what is kept is there when the place is opened again', async () => {
    await store.keep('luna', key, reply);
    expect(await (await open()).find('luna', { ...key })).toEqual(reply);
  });

  test('a model may be called anything', async () => {
    await store.keep('"\ud800\u0000', key, reply);
    expect([await store.find('"\ud800\u0000', key), await store.find('"\ud800', key)]).toEqual([reply, undefined]);
  });
}
