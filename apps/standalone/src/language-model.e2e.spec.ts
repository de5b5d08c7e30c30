import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabelResult } from '@math-labeler/contracts';
import { GoldReader } from '../../cli/src/llm/gold-reader.fixture.js';
import { type Script } from '../../../libs/llm/src/openai/stub-provider.fixture.js';
import { post, type Posted, view } from './client.fixture.js';
import { SECONDS, Server, until } from './server.fixture.js';

const OPEN_SET = join(import.meta.dirname, '../../../data/evaluation/dev-2022.jsonl');
const PROBLEMS: readonly Posted[] = readFileSync(OPEN_SET, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { id: string; text: string }).map(({ id, text }) => ({ id, content: text }));
const DEADLINE_MS = 1500;

const reader = new GoldReader(OPEN_SET);
let server: Server;
let address: string;
let next = 0;
let strange = 0;

beforeAll(async () => {
  address = await reader.start();
  server = await Server.start({ OPENAI_BASE_URL: address, OPENAI_MODEL: 'gold-reader', LLM_DEADLINE_MS: String(DEADLINE_MS) });
}, 400 * SECONDS);
afterAll(async () => {
  await server.remove();
  await reader.stop();
});

type Labelled = LabelResult & { readonly votes: readonly { readonly voter: string; readonly favourites: readonly { readonly code: string }[] }[] };

/** How often each of these occurs. */
function countsOf(texts: readonly string[]): number[] {
  return [...new Set(texts)].map((text) => texts.filter((other) => other === text).length);
}

/** Problems that nobody has asked about yet. */
const some = (count: number): Posted[] => PROBLEMS.slice(next, (next += count));

async function labelled(problems: readonly Posted[]): Promise<Labelled[]> {
  const answer = await post(server.url, '/api/problems?wait=30', problems);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { problems: { label: Labelled }[] }).problems.map(({ label }) => label);
}

/** Asks about a problem that the reader does not know: it answers that nothing fits. */
const isAsked = async (): Promise<boolean> => reasonsOf((await labelled([{ id: randomUUID(), content: `${++strange}에 1을 더하면 얼마인가요?` }]))[0]).includes('맞는 후보가 없다');
const reasonsOf = ({ reasons }: LabelResult): string => reasons.map(({ ko }) => ko).join('\n');

test('given a language model, then it votes on each problem, the label tells of it, and what it costs is counted', async () => {
  const problems = some(10);
  const labels = await labelled(problems);
  for (const label of labels) {
    expect(label.versions).toMatchObject({ llm: 'gold-reader', prompt: expect.stringMatching(/^first-/) });
    expect(label.votes.find(({ voter }) => voter === 'llm')?.favourites).toHaveLength(1);
    expect(reasonsOf(label)).toContain('언어 모델');
  }
  const asked = reader.received.length;
  expect(asked).toBeGreaterThanOrEqual(10);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^mathlabeler_llm_tokens_total\{purpose="first look",kind="cached input"\} [1-9]/m);
  await labelled(problems.map(({ content }, i) => ({ id: `once more ${i}`, content })));
  expect(reader.received).toHaveLength(asked);
}, 60 * SECONDS);

test('given questions on their way, when the process is killed, then all are labelled after the restart, and what was answered is not asked again', async () => {
  const problems = some(60);
  reader.script((body) => ({ ...(reader.reply(body)), afterMs: 200 }));
  expect((await post(server.url, '/api/problems', problems)).status).toBe(202);
  await until(async () => reader.received.length >= 40, 'forty questions');
  const done = await Promise.all(problems.map(async ({ id }) => (await view(server.url, id)).status !== 'pending'));
  await server.crashAndRestart();
  await until(async () => (await Promise.all(problems.map(async ({ id }) => (await view(server.url, id)).status))).every((status) => status !== 'pending'), 'all to be labelled', 60 * SECONDS);
  const most = (text: string): number => Math.max(...countsOf(reader.prompts.filter((prompt) => prompt.includes(text))));
  expect(problems.filter(({ content }, i) => done[i] && most(content) > 1)).toEqual([]);
  expect(problems.filter(({ content }) => most(content) > 2)).toEqual([]);
}, 150 * SECONDS);

const failure = (status: number, headers = {}): Script => ({ status, headers, body: { error: { message: 'no', type: 'server_error', code: null } } });
const said = (content: string): Script => ({ body: { id: '1', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } } });

test.each<[string, Script, RegExp]>([
  ['says nothing', 'hang', /제때 답하지 않았습니다|답하지 않습니다/],
  ['breaks off', 'cut the connection', /제때 답하지 않았습니다|답하지 않습니다/],
  ['fails', failure(500), /제때 답하지 않았습니다|답하지 않습니다/],
  ['asks to be left alone for longer than there is time', failure(429, { 'retry-after': '8' }), /제때 답하지 않았습니다|답하지 않습니다/],
  ['answers with something else', said('{"standard":"99","level":"Z"}'), /답을 쓸 수 없습니다/],
])('given a model that %s, then every problem has a label in time that says so, and once it answers again it is asked again', async (_, script, reason) => {
  reader.script(script);
  const began = performance.now();
  const labels = await labelled(some(3));
  // Two looks at most, and the pipeline.
  expect(performance.now() - began).toBeLessThan(2 * DEADLINE_MS + 10 * SECONDS);
  for (const label of labels) expect(reasonsOf(label)).toMatch(reason);
  reader.script((body) => reader.reply(body));
  await until(isAsked, 'the model to be asked again', 60 * SECONDS);
}, 100 * SECONDS);

test('given a budget, when it is spent, then problems are labelled without the model, and hardly more than that was spent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'));
  writeFileSync(join(folder, 'prices.json'), JSON.stringify([{ model: 'gold-reader', from: '2020-01-01', input: 1, output: 1 }]));
  await server.remove();
  server = await Server.start({ OPENAI_BASE_URL: address, OPENAI_MODEL: 'gold-reader', LLM_BUDGET_DAY: '0.02', LLM_PRICES: join(folder, 'prices.json'), MAX_IN_FLIGHT: '4' });
  reader.received.length = 0;
  const labels = await labelled(PROBLEMS.slice(0, 60));
  expect(labels.filter((label) => reasonsOf(label).includes('예산을 다 썼습니다')).length).toBeGreaterThan(30);
  const dollars = Number(/^mathlabeler_llm_dollars_total\{purpose="first look"\} (.*)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())![1]);
  expect(dollars).toBeGreaterThan(0.015);
  // Four questions may be on their way, at a fifth of a cent each.
  expect(dollars).toBeLessThan(0.02 + 4 * 0.0025);
  rmSync(folder, { recursive: true });
}, 90 * SECONDS);
