import { behavesAsLanguageModel } from './language-model.behaviour.js';
import { openLanguageModel } from './open-model.js';
import { chatVoice, responsesVoice } from './provider-voice.fixture.js';
import { question } from './question.fixture.js';
import { readResponse } from './responses-reply.js';
import { StubProvider } from './stub-provider.fixture.js';

describe('Chat Completions', () => behavesAsLanguageModel(chatVoice));
describe('the Responses API', () => behavesAsLanguageModel(responsesVoice));

describe('the limit of tokens', () => {
  const provider = new StubProvider();
  let baseUrl: string;
  beforeAll(async () => (baseUrl = await provider.start()));
  afterAll(() => provider.stop());

  it('has the name that every server knows, and the other one where that is refused', async () => {
    const model = openLanguageModel({ api: 'chat', baseUrl, model: 'o9' });
    const message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    provider.script({ status: 400, body: { error: { message, param: 'max_tokens', code: 'unsupported_parameter' } } }, { body: chatVoice.answered('1') });
    await model.ask(question(), new AbortController().signal);
    expect(provider.received.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([[64, undefined], [undefined, 64]]);
  });

  it('an error of a server that says it without a field `error` is understood too', async () => {
    const model = openLanguageModel({ api: 'chat', baseUrl, model: 'qwen' });
    const message = "[{'type': 'extra_forbidden', 'loc': ('body', 'max_tokens'), 'msg': 'Extra inputs are not permitted', 'input': 64}]";
    provider.script({ status: 400, body: { object: 'error', message, type: 'BadRequestError', param: null, code: 400 } }, { body: chatVoice.answered('1') });
    await model.ask(question(), new AbortController().signal);
    expect(provider.received[1].body).toMatchObject({ max_completion_tokens: 64 });
  });
});

it.each([
  ['server_error', 'LLM.OUT_OF_ORDER'],
  ['rate_limit_exceeded', 'LLM.BUSY'],
])('a response that was taken and then failed with %s is %s', (code, expected) => {
  const body = { status: 'failed', error: { code, message: 'it did not work out' }, output: [] };
  expect(() => readResponse(body, 'm')).toThrow(expect.objectContaining({ code: expected, message: expect.stringContaining('it did not work out') }));
});

it('what the environment says of an organization at OpenAI is for nobody else', async () => {
  const provider = new StubProvider();
  const model = openLanguageModel({ api: 'chat', baseUrl: await provider.start(), model: 'm' });
  process.env.OPENAI_ORG_ID = 'org-ours';
  try {
    provider.script({ body: chatVoice.answered('1') });
    await model.ask(question(), new AbortController().signal);
    expect(JSON.stringify(provider.received)).not.toContain('org-ours');
  } finally {
    delete process.env.OPENAI_ORG_ID;
    await provider.stop();
  }
});

describe('a model', () => {
  it.each([
    ['without key and address', {}, 'LLM.NO_KEY'],
    ['with an address that is none', { baseUrl: 'localhost:8000' }, 'LLM.BAD_URL'],
    ['without a name', { apiKey: 'k', model: ' ' }, 'LLM.NO_MODEL'],
  ])('%s is not opened', (_what, options, code) => {
    expect(() => openLanguageModel({ api: 'chat', model: 'm', ...options })).toThrow(expect.objectContaining({ name: 'InputError', code }));
  });
});
