import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Question } from '@math-labeler/llm';
import { type Session } from '../session.js';
import { estimateFiles, type EstimateFilesOptions, type QuestionsOf } from './estimate-files.js';

const folder = mkdtempSync(join(tmpdir(), 'estimate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Two questions for each problem. */
const questionsOf: QuestionsOf = async function* (_, problems) {
  for await (const { text } of problems) {
    for (const sample of [0, 1]) yield { key: { problem: text, prompt: 'v1', candidates: [], sample }, purpose: 'first look', system: '', user: text, schema: { name: 'a', schema: {} }, maxOutputTokens: 2048 } satisfies Question;
  }
};

async function run(files: readonly string[], given: Partial<EstimateFilesOptions>, env: NodeJS.ProcessEnv = {}): Promise<{ readonly code: number; readonly out: string; readonly said: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const session: Session = { language: 'ko', env, stdout: stdout as unknown as Session['stdout'], stderr: stderr as unknown as Session['stderr'], signal: new AbortController().signal };
  const code = await estimateFiles(session, files, { batch: false, outputTokens: 120, json: false, ...given }, questionsOf);
  return { code, out: String(stdout.read() ?? ''), said: String(stderr.read() ?? '') };
}

const problems = file('problems.jsonl', '{"id":"1","content":"3 + 5"}\n{"id":"2","content":"20 ÷ 5"}\n');

test('the problems of a file are counted and priced for the model of the environment', async () => {
  const { code, out } = await run([problems], { json: true }, { OPENAI_MODEL: 'gpt-6-luna' });
  expect(code).toBe(0);
  const report = JSON.parse(out) as Record<string, number>;
  expect(report).toMatchObject({ problems: 2, questions: 4, model: 'gpt-6-luna', batch: false, outputTokens: 480, cacheableTokens: 0 });
  expect(report['costUsd']).toBeCloseTo((report['inputTokens'] * 0.1 + 480 * 0.5) / 1e6, 12);
});

test('people are told a table', async () => {
  const { out } = await run([problems], { batch: true, model: 'gpt-6-luna' });
  expect(out).toMatch(/^문제 +2$/m);
  expect(out).toMatch(/^질문 +4 +gpt-6-luna$/m);
  expect(out).toMatch(/^비용 +\$0\.000\d+ +\$0\.0000\d+ +묶음 처리$/m);
});

test('where the price is not known that is said, and how to add one', async () => {
  const { code, out, said } = await run([problems], { model: 'gpt-9' });
  expect(code).toBe(0);
  expect(out).toMatch(/^비용 +가격 모름$/m);
  expect(said).toContain('LLM_PRICES');
  expect(JSON.parse((await run([problems], { model: 'gpt-9', json: true })).out)).toMatchObject({ costUsd: null });
});

test('a price table of one’s own is enough', async () => {
  const own = file('prices.json', '[{"model":"gpt-9","from":"2026-01-01","input":1,"output":1000000}]'.replace('1000000', '100000'));
  expect(JSON.parse((await run([problems], { model: 'gpt-9', json: true }, { LLM_PRICES: own })).out)).toMatchObject({ costUsd: expect.closeTo(48, 2) as number });
});

test('a line that cannot be read is named, and the rest is counted', async () => {
  const { code, out, said } = await run([file('broken.jsonl', '{"id":"1","content":"3 + 5"}\n{\n')], { model: 'gpt-6-luna', json: true });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ problems: 1 });
  expect(said).toContain('broken.jsonl:2');
});

test('an empty file is refused by name', async () => {
  expect(await run([file('empty.jsonl', '')], { model: 'gpt-6-luna' })).toMatchObject({ code: 2, out: '', said: expect.stringContaining('empty.jsonl') as string });
});

test('without a model it is asked which one is meant', async () => {
  await expect(run([problems], {})).rejects.toMatchObject({ code: 'CLI.NO_MODEL', field: 'OPENAI_MODEL' });
});
