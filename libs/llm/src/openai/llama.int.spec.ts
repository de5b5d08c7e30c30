import { LLAMA_MODEL, sharedLlama, startLlama } from '../../../../tools/test-servers/index.mjs';
import { PatientModel } from '../patient-model.js';
import { type ModelOptions, openLanguageModel } from './open-model.js';
import { question } from './question.fixture.js';

const baseUrl = await sharedLlama();
const LONG = 120_000;
const NEVER = new AbortController().signal;

/** Few tokens: the model is small, and the machine slow. */
const short = { ...question(), maxOutputTokens: 24 };

(baseUrl === undefined ? describe.skip : describe)('the server of llama.cpp', () => {
  const open = (options: Partial<ModelOptions> = {}) => openLanguageModel({ api: 'chat', baseUrl, model: LLAMA_MODEL, ...options });

  it('answers in Chat Completions in the form of the schema, with log probabilities and usage', async () => {
    const dropped: string[] = [];
    const reply = await open({ onDropped: (wish) => dropped.push(wish) }).ask(short, NEVER);
    expect(dropped).toEqual([]);
    expect(reply).toMatchObject({ model: LLAMA_MODEL, usage: { input: expect.any(Number), output: expect.any(Number) } });
    expect(reply.usage.output).toBe(reply.tokens!.length);
    expect(reply.tokens![0].top).toHaveLength(10);
    if (reply.outcome === 'answered') expect(['1', '2']).toContain((JSON.parse(reply.text) as { standard: string }).standard);
    else expect([reply.outcome, reply.usage.output]).toEqual(['cut', 24]);
    expect(reply.text).toMatch(/^\s*\{/);
  }, LONG);

  it('answers in the Responses API once it has told which parameter it does not take there', async () => {
    const dropped: string[] = [];
    const reply = await open({ api: 'responses', onDropped: (wish) => dropped.push(wish) }).ask(short, NEVER);
    expect(dropped).toEqual(['top logprobs']);
    expect(reply.text).not.toBe('');
    expect(reply.usage.output).toBeGreaterThan(0);
  }, LONG);

  it('a question that is longer than its context is told so', async () => {
    await expect(open().ask({ ...short, user: '구슬 '.repeat(5_000) }, NEVER)).rejects.toMatchObject({ name: 'PermanentError', code: 'LLM.TOO_LONG' });
  }, LONG);

  it('with a key lets nobody in without it, and a restart, a freeze and a way back are waited for', async () => {
    const server = await startLlama({ apiKey: 'opens-the-door' });
    const own = { baseUrl: server.url, apiKey: 'opens-the-door' };
    await expect(open({ ...own, apiKey: 'guessed' }).ask(short, NEVER)).rejects.toMatchObject({ code: 'LLM.NOT_LET_IN' });

    const outcomes: string[] = [];
    const breaker = { failures: 1_000, coolDownMs: 100, longestCoolDownMs: 100 };
    const options = { deadlineMs: 60_000, tryTimeoutMs: 60_000, breaker, backoff: { firstMs: 50, longestMs: 200 } };
    const patient = new PatientModel(open(own), options, { observer: { called: ({ outcome }) => outcomes.push(outcome) } });
    await server.kill();
    const asked = patient.consult(short, NEVER);
    while (outcomes.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await server.start();
    expect(typeof (await asked)).toBe('object');
    expect(outcomes[0]).toBe('LLM.UNREACHABLE');

    server.freeze();
    expect(await new PatientModel(open(own), { ...options, deadlineMs: 500 }).consult(short, NEVER)).toBe('late');
    server.thaw();
    expect(typeof (await patient.consult(short, NEVER))).toBe('object');
    await server.kill();
  }, LONG);
});
