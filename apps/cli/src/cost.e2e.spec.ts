import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type LedgerEntry, openLedger } from '@math-labeler/llm';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { lines, MINUTES, type Run, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(2 * MINUTES);

let place: Workplace;
let env: Record<string, string>;
beforeEach(() => {
  place = new Workplace();
  env = { MONGODB_URI: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', OPENAI_MODEL: '', DATA_DIR: join(place.folder, 'data') };
});
afterEach(() => place.remove());

const cost = (...args: string[]): Promise<Run> => place.run(['cost', ...args], { env });

/** What a server has paid for. */
async function spend(given: Partial<LedgerEntry>): Promise<void> {
  const database = openDatabase(join(env['DATA_DIR'], 'math-labeler.sqlite'));
  const usual = { id: 'a', at: '2026-11-26T12:00:00.000Z', model: 'gpt-6-luna', purpose: 'first look', way: 'at once', cost: 125_000_000, input: 2_000_000, cachedInput: 1_500_000, cacheWrite: 0, output: 120_000, reasoning: 0 } as const;
  await openLedger({ database, commits: new GroupCommit(database) }).record({ ...usual, ...given });
  database.close();
}

describe('cost show', () => {
  test('what a server has spent is told by day, model and purpose', async () => {
    await spend({});
    await spend({ id: 'b', at: '2026-11-27T00:00:00.000Z', purpose: 'second look' });
    await spend({ id: 'c', at: '2026-12-01T00:00:00.000Z' });
    const { code, stdout } = await cost('show', '--month', '2026-11');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2026-11 \(UTC\): 호출 2번, \$0\.2500$/m);
    expect(stdout).toMatch(/^2026-11-27 +1 +2000000 +75\.0 % +120000 +\$0\.1250$/m);
    expect(stdout).toMatch(/^다시 보기 +1 /m);
    const record = JSON.parse((await cost('show', '--month', '2026-11', '--json')).stdout) as { total: object; days: object[] };
    expect(record).toMatchObject({ total: { calls: 2, costUsd: 0.25 }, days: [{ day: '2026-11-26' }, { day: '2026-11-27' }] });
  });

  test('the budget and its share are told', async () => {
    await spend({});
    env = { ...env, OPENAI_API_KEY: 'none', OPENAI_MODEL: 'gpt-6-luna', LLM_BUDGET_DAY: '0.5', LLM_BUDGET_MONTH: '1' };
    const { stdout } = await cost('show', '--month', '2026-11', '--lang', 'en');
    expect(stdout).toContain('12.5 % of this month’s budget of $1');
    expect(stdout).toMatch(/^2026-11-26 .* 25\.0 %$/m);
  });

  test('where a price is not known that is said, with what to do', async () => {
    await spend({ model: 'gpt-9', cost: undefined });
    expect(await cost('show', '--month', '2026-11')).toMatchObject({ code: 0, stdout: expect.stringContaining('가격 모름 (1번)') as string, stderr: expect.stringContaining('LLM_PRICES') as string });
  });

  test('a month without calls is said to be one, and one that is none is refused', async () => {
    expect(await cost('show', '--month', '2026-10')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('2026-10에는') as string });
    expect(await cost('show', '--month', '2026-13')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('2026-11 꼴') as string });
  });
});

describe('cost estimate', () => {
  test('a file is counted and priced without a key, and nothing is written', async () => {
    const file = place.file('problems.jsonl', lines([{ id: '1', content: '100 이하의 수를 읽고 쓰세요.' }, { id: '2', content: '20 ÷ 5는 얼마인가요?' }]));
    const { code, stdout } = await place.run(['cost', 'estimate', file, '--model', 'gpt-6-luna', '--json'], { env: { MONGODB_URI: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '' } });
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Record<'problems' | 'questions' | 'inputTokens' | 'costUsd', number>;
    expect(report).toMatchObject({ problems: 2, questions: 2 });
    expect(report.inputTokens / report.questions).toBeLessThanOrEqual(2000);
    expect(report.costUsd).toBeGreaterThan(0);
  });

  test('without a model it is asked which one is meant', async () => {
    expect(await cost('estimate', place.file('a.jsonl', lines([{ id: '1', content: '3 + 5' }])))).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('OPENAI_MODEL') as string });
  });
});
