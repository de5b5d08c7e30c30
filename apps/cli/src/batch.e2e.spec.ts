import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { type LabelResult } from '@math-labeler/contracts';
import { StubBatchProvider } from '../../../libs/llm/src/batch/stub-batch-provider.fixture.js';
import { GoldReader } from './llm/gold-reader.fixture.js';
import { lines, MINUTES, OPEN_SET, type Run, type RunOptions, trainedModel, until, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(2 * MINUTES);

const LOOK = 'GET /batches/:id';
const place = new Workplace();
const reader = new GoldReader(OPEN_SET);
const provider = new StubBatchProvider((body) => reader.reply(body));
const golds = readFileSync(OPEN_SET, 'utf8').trim().split('\n').filter((_, i) => i % 8 === 0).map((line) => JSON.parse(line) as { id: string; text: string });
let env: Record<string, string>;

beforeAll(async () => {
  await trainedModel();
  const prices = place.file('prices.json', JSON.stringify([{ model: '*', from: '2026-01-01', input: 1, output: 5, batch: 0.5 }]));
  env = { OPENAI_BASE_URL: await provider.start(), DATA_DIR: await place.dataDir(), LLM_PRICES: prices };
}, 6 * MINUTES);
afterAll(async () => {
  await provider.stop();
  place.remove();
});
beforeEach(() => {
  provider.calls.length = provider.atOnce.length = provider.batches.length = 0;
  provider.course = ['validating', 'completed'];
  provider.fate = ({ body }) => reader.reply(body);
});

/** Each test has a model by a name of its own, of which the store knows nothing. */
const label = (model: string, file: string, args: readonly string[], options: RunOptions = {}): Promise<Run> => place.run(['label', file, '--mixed', ...args], { ...options, env: { ...env, ...options.env, OPENAI_MODEL: model } });
const batched = (model: string, file: string, options: RunOptions = {}): Promise<Run> => label(model, file, ['--batch', '--out', `${model}-labels.jsonl`], options);
const problems = (name: string, from: number, count: number): string => place.file(name, lines(golds.slice(from, from + count).map(({ id, text }) => ({ id, content: text }))));
const labels = (model: string): LabelResult[] => place.read(`${model}-labels.jsonl`).trim().split('\n').map((line) => JSON.parse(line) as LabelResult);
const isUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const costOf = async (model: string): Promise<{ calls: number; costUsd: number }> => {
  const { stdout } = await place.run(['cost', 'show', '--json'], { env: { ...env, OPENAI_MODEL: model } });
  return (JSON.parse(stdout) as { models: { model: string; calls: number; costUsd: number }[] }).models.find((one) => one.model === model)!;
};

test('given the same problems, then a batch gives the labels of asking at once, for half the price but for its first question, and the second run asks nothing', async () => {
  const file = problems('same.jsonl', 0, 16);
  const direct = await label('direct', file, ['--out', 'direct-labels.jsonl']);
  const asked = provider.atOnce.length;
  expect(direct.code).toBe(0);
  provider.atOnce.length = 0;
  const run = await batched('batch', file);
  expect({ code: run.code, atOnce: provider.atOnce.length, inBatches: provider.asked.length }).toEqual({ code: 0, atOnce: 1, inBatches: asked - 1 });
  const alike = (model: string): object[] => labels(model).map(({ versions, ...rest }) => ({ ...rest, versions: { ...versions, llm: '' } }));
  expect(alike('batch')).toEqual(alike('direct'));
  expect(run.stderr).toMatch(/질문 15개를 묶음으로 보냈습니다 \(~\$0\.\d{4}\)/);

  const [atOnce, inBatch] = [await costOf('direct'), await costOf('batch')];
  expect(inBatch.calls).toBe(atOnce.calls);
  const perCall = atOnce.costUsd / atOnce.calls;
  expect(inBatch.costUsd / atOnce.costUsd).toBeLessThan(0.5 + (0.75 * perCall) / atOnce.costUsd);
  expect(inBatch.costUsd / atOnce.costUsd).toBeGreaterThan(0.5);

  provider.calls.length = 0;
  const again = await batched('batch', file);
  expect({ code: again.code, calls: provider.calls }).toEqual({ code: 0, calls: [] });
  expect(provider.files.size).toBe(0);
});

test('given doubtful problems, then second looks are asked in a batch of their own', async () => {
  // Nothing fits: every first look is objected to.
  provider.fate = ({ body }) => {
    const { body: answer } = reader.reply(body);
    const [choice] = (answer as { choices: { message: { content: string } }[] }).choices;
    choice.message.content = JSON.stringify({ ...(JSON.parse(choice.message.content) as object), standard: '0' });
    return { body: answer };
  };
  const run = await batched('doubtful', problems('doubtful.jsonl', 16, 6));
  expect(run.code).toBe(0);
  expect(provider.batches.length).toBe(2);
  const { stdout } = await place.run(['cost', 'show'], { env: { ...env, OPENAI_MODEL: 'doubtful' } });
  expect(stdout).toMatch(/다시 보기/);
});

test('given a run that is killed while it waits, then the next one goes on with its batch and hands over nothing twice', async () => {
  const file = problems('killed.jsonl', 22, 5);
  provider.course = ['in_progress'];
  await batched('killed', file, {
    during: async (child) => {
      await until(() => provider.calls.includes(LOOK), 'the batch to be waited for');
      child.kill('SIGKILL');
    },
  });
  provider.course = ['completed'];
  const run = await batched('killed', file);
  expect(run.stderr).toMatch(/전에 보낸 묶음 1개\(질문 4개\)를 이어서 기다립니다/);
  expect({ code: run.code, labels: labels('killed').length, atOnce: provider.atOnce.length }).toEqual({ code: 0, labels: 5, atOnce: 1 });
  expect(provider.asked.length).toBeGreaterThanOrEqual(4);
  expect(isUnique(provider.asked.map(({ custom_id }) => custom_id))).toBe(true);
});

test('given Ctrl-C while it waits, then it says that the batch goes on, and how to go on', async () => {
  const file = problems('interrupted.jsonl', 27, 4);
  provider.course = ['in_progress'];
  const interrupted = await batched('interrupted', file, {
    during: async (child, said) => {
      await until(() => said().includes('in_progress'), 'the batch to be waited for');
      child.kill('SIGINT');
    },
  });
  expect({ code: interrupted.code, stderr: interrupted.stderr }).toEqual({ code: 130, stderr: expect.stringMatching(/계속 처리됩니다\. 같은 명령을 다시 실행하면.*\n중단했습니다\.\n$/) });
  provider.course = ['completed'];
  expect((await batched('interrupted', file)).code).toBe(0);
  expect(isUnique(provider.asked.map(({ custom_id }) => custom_id))).toBe(true);
});

test('given questions that come to nothing, then their problems are labelled without the model, it is told why, and only they are asked the next time', async () => {
  const file = problems('partly.jsonl', 31, 5);
  provider.course = ['expired'];
  provider.fate = ({ body }, i) => (i < 3 ? { error: 'batch_expired' } : reader.reply(body));
  const run = await batched('partly', file);
  expect({ code: run.code, labels: labels('partly').length }).toEqual({ code: 0, labels: 5 });
  expect(run.stderr).toMatch(/답 없음 3개: batch_expired/);
  expect(run.stderr).toMatch(/질문 3개는 답이 없어/);
  expect(labels('partly').filter(({ reasons }) => reasons.at(-1)!.ko.includes('언어 모델의 답 없이 판정했습니다'))).toHaveLength(3);
  provider.course = ['completed'];
  provider.fate = ({ body }) => reader.reply(body);
  const before = provider.asked.length;
  expect((await batched('partly', file)).stderr).not.toContain('답이 없어');
  expect(provider.asked.length - before).toBeLessThanOrEqual(3);
});

test.each([
  ['over budget', { LLM_BUDGET_DAY: '0.000001' }, /LLM_BUDGET_DAY.*이 묶음에는 \$0\.\d{4}쯤/],
  ['without a model', { OPENAI_BASE_URL: '' }, /OPENAI_MODEL.*--batch를 빼세요/],
])('%s nothing is asked', async (_, more, complaint) => {
  const run = await batched('refused', problems('refused.jsonl', 0, 3), { env: more });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 2, stderr: expect.stringMatching(complaint) });
  expect([provider.atOnce.length, provider.times('POST /files')]).toEqual([0, 0]);
});

test('standard input, a server of one’s own labels, and a provider without batches are refused by name', async () => {
  expect(await place.run(['label', '-', '--batch'], { env: { ...env, OPENAI_MODEL: 'm' } })).toMatchObject({ code: 2, stderr: expect.stringContaining('한 번만 읽을 수 있는 입력') });
  expect(await place.run(['label', 'a.jsonl', '--batch', '--url', 'http://127.0.0.1:1'], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('--batch는 --url과 함께') });
  provider.fault = (call) => (call.includes('/batches') ? 404 : undefined);
  const run = await batched('none', problems('none.jsonl', 0, 2));
  provider.fault = () => undefined;
  expect(run).toMatchObject({ code: 2, stderr: expect.stringMatching(/묶음 처리\(batch\)를 하지 않습니다.*--batch 없이/) });
});
