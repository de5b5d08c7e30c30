import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type LabelResult } from '@math-labeler/contracts';
import { GoldReader } from './llm/gold-reader.fixture.js';
import { lines, MINUTES, OPEN_SET, trainedModel, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(2 * MINUTES);

const SOME = 24;
const place = new Workplace();
const reader = new GoldReader(OPEN_SET);
const gold = readFileSync(OPEN_SET, 'utf8').trim().split('\n').filter((_, i) => i % 15 === 0);
const golds = gold.map((line) => JSON.parse(line) as { id: string; text: string; code: string; level: string });
let env: Record<string, string>;
let file: string;

beforeAll(async () => {
  await trainedModel();
  env = { OPENAI_BASE_URL: await reader.start(), OPENAI_MODEL: 'gold-reader', DATA_DIR: await place.dataDir() };
  file = place.file('gold.jsonl', `${gold.slice(0, SOME).join('\n')}\n`);
}, 6 * MINUTES);
afterAll(async () => {
  await reader.stop();
  place.remove();
});
beforeEach(() => void (reader.received.length = 0));

const json = async (args: readonly string[], more: Record<string, string> = {}) => {
  const run = await place.run([...args, '--json'], { env: { ...env, ...more } });
  return { ...run, report: run.stdout === '' ? undefined : (JSON.parse(run.stdout) as Record<string, never>) };
};

test('given a server of one’s own, when problems are labelled, then its model votes, the label says so, and the second time it is not asked again', async () => {
  const problems = place.file('problems.jsonl', lines(golds.slice(0, 6).map(({ id, text }) => ({ id, content: text }))));
  const first = await place.run(['label', problems, '--mixed'], { env });
  expect({ code: first.code, asked: reader.received.length }).toEqual({ code: 0, asked: 6 });
  expect(first.stderr).toMatch(/언어 모델 gold-reader도 묻습니다/);
  expect(first.stderr).toMatch(/미리 정한 무게/);
  for (const line of first.stdout.trim().split('\n')) {
    const label = JSON.parse(line) as LabelResult;
    expect(label.versions).toMatchObject({ llm: 'gold-reader', prompt: expect.stringMatching(/^first-/) });
    expect(label.reasons.map(({ ko }) => ko).join('\n')).toContain('언어 모델도');
  }
  const again = await place.run(['label', problems, '--mixed'], { env });
  expect({ stdout: again.stdout, asked: reader.received.length }).toEqual({ stdout: first.stdout, asked: 6 });
});

test('given an evaluation that is recorded, then it is repeated without the model, to the digit, and both can be compared', async () => {
  const recorded = await json(['evaluate', file, '--record', 'runs/a']);
  expect(recorded.report).toMatchObject({ n: SOME, standard: { top1: 1 }, llm: { model: 'gold-reader', ceiling: { n: SOME, value: 1 }, firstLook: { value: 1 }, dollarsPer1000: 0 } });
  const perLook = (recorded.report as unknown as { llm: { perFirstLook: { input: number; cachedInput: number } } }).llm.perFirstLook;
  expect(perLook.cachedInput / perLook.input).toBeGreaterThan(0.6);
  const replayed = await json(['evaluate', file, '--replay', 'runs/a'], { OPENAI_BASE_URL: '', OPENAI_MODEL: '' });
  expect(replayed.report).toMatchObject({ standard: { top1: 1 }, llm: { model: 'gold-reader', absent: {} } });
  expect({ ...replayed.report!, llm: undefined }).toEqual({ ...recorded.report!, llm: undefined });

  await json(['evaluate', file, '--record', 'runs/b'], { OPENAI_MODEL: 'other' });
  const compared = await place.run(['evaluate', '--compare', 'runs/a', 'runs/b'], { env });
  expect(compared.stdout).toMatch(/문제 24\n.*\n성취기준 +100\.0 % +100\.0 % +0\.0 \[0\.0, 0\.0\] +0 \/ 0 +1\.000/);
  expect(await place.run(['evaluate', '--compare', 'runs/a'], { env })).toMatchObject({ code: 2 });
  expect(await place.run(['evaluate', '--compare', 'runs/a', 'runs/none'], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('outcomes.jsonl') });
});

test('given too few reviewed problems, then the shipped weights stay, and it says so', async () => {
  const { code, report, stderr } = await json(['calibrate', file]);
  expect({ code, problems: report!['problems'], stderr }).toMatchObject({ code: 2, problems: SOME });
  expect(await place.run(['calibrate', file], { env })).toMatchObject({ stderr: expect.stringContaining('24개뿐입니다') });
});

test('given enough reviewed problems, then the weights are fitted, kept, and used from then on', async () => {
  const { code, report, stderr } = await json(['calibrate', OPEN_SET]);
  expect({ code, report, stderr }).toMatchObject({ code: 0, report: { model: 'gold-reader', fitted: { problems: expect.any(Number) } } });
  const { shipped, crossValidated } = report as unknown as Record<'shipped' | 'crossValidated', { right: number; ece: number }>;
  expect(Math.min(shipped.right, crossValidated.right)).toBeGreaterThan(0.99);
  expect(crossValidated.ece).toBeLessThan(0.02);
  expect(report!['problems']).toBeGreaterThan(350);
  const problems = place.file('one.jsonl', lines([{ id: '1', content: golds[0].text }]));
  expect((await place.run(['label', problems, '--mixed'], { env })).stderr).not.toContain('미리 정한 무게');
});

test('given a model that is away, or that lets nobody in, then all is labelled without it, and each label says why', async () => {
  const problems = place.file('away.jsonl', lines(golds.slice(6, 9).map(({ id, text }) => ({ id: `away ${id}`, content: text }))));
  const labelled = async (more: Record<string, string>) => (await place.run(['label', problems, '--mixed'], { env: { ...env, LLM_DEADLINE_MS: '1500', ...more } })).stdout.trim().split('\n').map((line) => (JSON.parse(line) as LabelResult).reasons.at(-1)!.ko);
  for (const reason of await labelled({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODEL: 'away' })) expect(reason).toMatch(/언어 모델의 답 없이 판정했습니다: (답하지 않습니다|제때 답하지 않았습니다)/);
  reader.script({ status: 401, body: { error: { message: 'Incorrect API key provided', type: 'invalid_request_error', code: 'invalid_api_key' } } });
  for (const reason of await labelled({ OPENAI_MODEL: 'closed' })) expect(reason).toContain('설정이 맞지 않습니다');
});

test('a model without an address, or an address without a model, is refused by name', async () => {
  const yesterday = place.file('yesterday.jsonl', '{"id":"y"}\n');
  expect(await place.run(['label', file, '--out', yesterday], { env: { ...env, OPENAI_MODEL: '' } })).toMatchObject({ code: 2, stderr: expect.stringContaining('OPENAI_MODEL') });
  expect(place.read('yesterday.jsonl')).toBe('{"id":"y"}\n');
  expect(await place.run(['calibrate', file], { env: { ...env, OPENAI_BASE_URL: '' } })).toMatchObject({ code: 2, stderr: expect.stringContaining('OPENAI_BASE_URL') });
  expect(await place.run(['evaluate', file, '--replay', join(place.folder, 'nothing')], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('replies.jsonl') });
});

test('after all this the ledger has every token that the provider has counted, and no other', async () => {
  const { report } = await json(['cost', 'show']);
  expect(report).toMatchObject({ total: { input: reader.usage.input, cachedInput: reader.usage.cachedInput, output: reader.usage.output } });
});
