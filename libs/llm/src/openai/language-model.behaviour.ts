import { type Reply } from '../language-model.js';
import { type RateLimits } from '../rate-limits.js';
import { type ModelOptions, openLanguageModel } from './open-model.js';
import { RECORDED } from './provider-replies.fixture.js';
import { type Voice } from './provider-voice.fixture.js';
import { question } from './question.fixture.js';
import { type Script, StubProvider } from './stub-provider.fixture.js';

const KEY = 'secret-of-the-owner';
const USAGE = { input: 20, cachedInput: 16, output: 9, reasoning: 4 };
const error = (status: number, body: object | string = {}, headers = {}) => ({ status, headers, body: typeof body === 'string' ? body : { error: { message: 'no', ...body } } });
const unknown = (param: string, code = 'unsupported_parameter') => error(400, { message: `Unsupported parameter: '${param}' is not supported with this model.`, type: 'invalid_request_error', param, code });

/** What every adapter of LanguageModel does, seen from a provider that is told what to say. */
export function behavesAsLanguageModel(voice: Voice): void {
  const provider = new StubProvider();
  let baseUrl: string;
  beforeAll(async () => (baseUrl = await provider.start()));
  afterAll(() => provider.stop());

  const open = (options: Partial<ModelOptions> = {}) => openLanguageModel({ api: voice.api, baseUrl, apiKey: KEY, model: 'm', timeoutMs: 10_000, ...options });
  const ask = (options: Partial<ModelOptions> = {}, sample = 0): Promise<Reply> => open(options).ask(question(sample), new AbortController().signal);
  const answers = (...scripts: Script[]) => provider.script(...scripts);
  const answered = (text = '{"standard":"1"}') => ({ body: voice.answered(text) });
  const sent = (field: string) => provider.received.map(({ body }) => body[field]);

  describe('a question', () => {
    it('is sent once, with the key, the schema, nothing to be kept, and the likeliest answer first', async () => {
      answers(answered());
      await ask();
      const [{ headers, body }, ...more] = provider.received;
      expect(more).toEqual([]);
      expect(headers.authorization).toBe(`Bearer ${KEY}`);
      expect(body).toMatchObject({ model: 'm', store: false, temperature: 0, top_logprobs: 10 });
      expect(voice.formatIn(body)).toBe('json_schema');
      expect(JSON.stringify(body)).toContain('"strict":true');
    });

    it('is answered more freely when it is asked again', async () => {
      answers(answered());
      await ask({}, 1);
      expect(sent('temperature')).toEqual([0.7]);
    });

    it('needs no key where a server is named', async () => {
      answers(answered());
      await ask({ apiKey: undefined });
      expect(provider.received).toHaveLength(1);
    });
  });

  describe('a reply', () => {
    it.each<[string, () => object, Partial<Reply>]>([
      ['that answers', () => voice.answered('{"standard":"1"}'), { outcome: 'answered', text: '{"standard":"1"}' }],
      ['that is no JSON is for the caller to judge', () => voice.answered('```js'), { outcome: 'answered', text: '```js' }],
      ['that refuses has its words', () => voice.refused('I will not.'), { outcome: 'refused', text: 'I will not.' }],
      ['that ends at the limit of tokens', () => voice.cut('{"stan'), { outcome: 'cut', text: '{"stan' }],
      ['that the provider holds back', () => voice.filtered(), { outcome: 'filtered', text: '' }],
    ])('%s', async (_what, body, means) => {
      answers({ body: body() });
      expect(await ask()).toEqual({ ...means, usage: USAGE, model: 'm-1' });
    });

    it('has tokens where there are log probabilities', async () => {
      answers({ body: voice.withLogprobs() });
      expect((await ask()).tokens).toEqual([{ text: '1', logprob: -0.25, top: [{ text: '2', logprob: -1.5 }] }]);
    });

    it('without usage and model counts nothing and has the name that was asked for', async () => {
      answers({ body: voice.bare('1') });
      expect(await ask()).toEqual({ outcome: 'answered', text: '1', usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, model: 'm' });
    });

    it.each(RECORDED.filter(({ api }) => api === voice.api))('as $from sends it is understood', async ({ body, means }) => {
      answers({ body });
      expect(await ask()).toEqual(means);
    });
  });

  describe('a parameter that the model does not know', () => {
    it('is left out, now and for good, and told once', async () => {
      const dropped: string[] = [];
      const model = open({ onDropped: (wish) => dropped.push(wish) });
      answers(unknown('temperature', 'unsupported_value'), answered());
      for (let time = 0; time < 2; time += 1) await model.ask(question(), new AbortController().signal);
      expect(sent('temperature')).toEqual([0, undefined, undefined]);
      expect(dropped).toEqual(['temperature']);
    });

    it('is only found out once where many questions are under way', async () => {
      const model = open();
      answers((body) => ('temperature' in body ? unknown('temperature') : answered()));
      const replies = await Promise.all(Array.from({ length: 8 }, () => model.ask(question(), new AbortController().signal)));
      expect(replies.map(({ outcome }) => outcome)).toEqual(Array(8).fill('answered'));
      expect(provider.received.length).toBeLessThanOrEqual(16);
    });

    it('does not keep others from being found out', async () => {
      answers(unknown('temperature'), unknown('top_logprobs'), error(422, { message: "[{'type': 'extra_forbidden', 'loc': ('body', 'store')}]" }), answered());
      expect((await ask()).outcome).toBe('answered');
      expect(provider.received.at(-1)!.body).not.toHaveProperty('store');
    });

    it('log probabilities of a model that reasons: the other one is left out with them', async () => {
      answers(error(400, { message: 'logprobs are not supported with reasoning models.', param: voice.api === 'chat' ? 'logprobs' : 'include', code: 'unsupported_parameter' }), answered());
      await ask();
      const { body } = provider.received[1];
      for (const field of ['logprobs', 'top_logprobs', 'include']) expect(body).not.toHaveProperty(field);
    });

    it('the schema: the next best form is asked for, and then none', async () => {
      const no = error(400, { message: "This response_format type is unavailable now: 'json_schema'" });
      answers(no, error(400, { message: "'response_format.type' must be 'text', not 'json_object'" }), answered());
      await ask();
      expect(provider.received.map(({ body }) => voice.formatIn(body))).toEqual(['json_schema', 'json_object', undefined]);
    });

    it('that stays a complaint ends the matter', async () => {
      answers(unknown('temperature'));
      await expect(ask()).rejects.toMatchObject({ name: 'PermanentError', code: 'LLM.REFUSED_REQUEST' });
      expect(provider.received).toHaveLength(2);
    });
  });

  describe('an error', () => {
    it.each<[string, Script, object]>([
      ['429 with Retry-After', error(429, {}, { 'retry-after': '7' }), { code: 'LLM.BUSY', retryAfterMs: 7_000 }],
      ['429 out of credit', error(429, { code: 'insufficient_quota', type: 'insufficient_quota' }), { code: 'LLM.OUT_OF_CREDIT' }],
      ['401', error(401, { code: 'invalid_api_key' }), { code: 'LLM.NOT_LET_IN' }],
      ['403', error(403), { code: 'LLM.NOT_LET_IN' }],
      ['404', error(404, { code: 'model_not_found' }), { code: 'LLM.NO_SUCH_MODEL' }],
      ['408', error(408), { code: 'LLM.TIMEOUT' }],
      ['409', error(409), { code: 'LLM.OUT_OF_ORDER' }],
      ['500', error(500, 'oops'), { code: 'LLM.OUT_OF_ORDER' }],
      ['503 while the model is being loaded', error(503, { message: 'Loading model', type: 'unavailable_error', code: 503 }), { code: 'LLM.OUT_OF_ORDER' }],
      ['400 too long', error(400, { type: 'exceed_context_size_error' }), { code: 'LLM.TOO_LONG' }],
      ['400 too long for what is to be answered', error(400, { message: "'max_tokens' is too large: 64. This model's maximum context length is 60 tokens" }), { code: 'LLM.TOO_LONG' }],
      ['400 with a word that is also the name of a field', error(400, { message: 'could not store the request: include less' }), { code: 'LLM.REFUSED_REQUEST' }],
      ['400', error(400, { message: 'messages: must not be empty' }), { code: 'LLM.REFUSED_REQUEST' }],
      ['a page of a proxy', { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }, { code: 'LLM.UNREADABLE' }],
      ['JSON that ends too early', { body: '{"choices": [' }, { code: 'LLM.UNREADABLE' }],
      ['JSON that is no reply', { body: { error: { message: 'upstream failed' } } }, { code: 'LLM.UNREADABLE', message: expect.stringContaining('upstream failed') }],
      ['a connection that is cut', 'cut the connection', { code: 'LLM.UNREACHABLE' }],
      ['a body that is cut', 'cut the body', { code: 'LLM.UNREACHABLE' }],
    ])('%s is asked once and told by its code', async (_what, script, expected) => {
      answers(script);
      await expect(ask()).rejects.toMatchObject(expected);
      expect(provider.received).toHaveLength(1);
    });

    it.each<Script>(['hang', 'hang in the body'])('a server that keeps silent (%s) is left after the time', async (script) => {
      answers(script);
      await expect(ask({ timeoutMs: 100 })).rejects.toMatchObject({ name: 'TransientError', code: 'LLM.TIMEOUT' });
    });

    it('nobody at the address', async () => {
      await expect(ask({ baseUrl: 'http://127.0.0.1:9/v1' })).rejects.toMatchObject({ name: 'TransientError', code: 'LLM.UNREACHABLE' });
    });

    it('a question that the filter holds back is a reply that costs nothing', async () => {
      answers(error(400, { message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", param: 'prompt', code: 'content_filter' }));
      expect(await ask()).toEqual({ outcome: 'filtered', text: '', usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, model: 'm' });
    });

    it('never repeats the key', async () => {
      answers(error(401, { message: `Incorrect API key provided: ${KEY}, also seen as sk-abcd****wxyz.` }));
      const thrown = (await ask().catch((reason: unknown) => reason)) as Error;
      const everything = `${thrown.message} ${thrown.stack} ${JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))} ${String(thrown.cause)}`;
      expect(everything).not.toMatch(new RegExp(`${KEY}|wxyz`));
    });
  });

  it('a signal that is aborted ends the question with its reason', async () => {
    answers('hang');
    const controller = new AbortController();
    const asked = open().ask(question(), controller.signal);
    while (provider.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    await expect(open().ask(question(), controller.signal)).rejects.toThrow('enough');
  });

  it('what is left of the limits is told with replies and with refusals', async () => {
    const told: RateLimits[] = [];
    const headers = { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '59', 'x-ratelimit-reset-requests': '1s' };
    answers({ body: voice.answered('1'), headers }, error(429, {}, { ...headers, 'x-ratelimit-remaining-requests': '0' }));
    const onLimits = (limits: RateLimits) => told.push(limits);
    await ask({ onLimits });
    await expect(ask({ onLimits })).rejects.toMatchObject({ retryAfterMs: 1_000 });
    expect(told).toEqual([
      { limitRequests: 60, remainingRequests: 59, resetRequestsMs: 1_000 },
      { limitRequests: 60, remainingRequests: 0, resetRequestsMs: 1_000 },
    ]);
  });
}
