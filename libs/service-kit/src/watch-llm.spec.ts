import { type LedgerEntry, type Question } from '@math-labeler/llm';
import { type Logger } from './logging.js';
import { Metrics } from './metrics.js';
import { watchLlm } from './watch-llm.js';

function watching() {
  const lines: Record<string, unknown>[] = [];
  const log = (level: string) => (about: Record<string, unknown> | string, msg?: string) => void lines.push(typeof about === 'string' ? { level, msg: about } : { level, ...about, msg });
  const metrics = new Metrics();
  const logger = { info: log('info'), warn: log('warn'), error: log('error') } as unknown as Logger;
  return { lines, metrics: () => metrics.registry.metrics(), observer: watchLlm(metrics, logger, { maxInFlight: 64 }) };
}

test('a call counts by its outcome with the time it took, and is told of only where it failed', async () => {
  const { lines, metrics, observer } = watching();
  observer.model!.called!({ outcome: 'answered', seconds: 1.5 });
  observer.model!.called!({ outcome: 'LLM.BUSY', seconds: 0.1, error: new Error('429 too many') });
  expect(await metrics()).toMatch(/mathlabeler_llm_call_seconds_sum\{outcome="answered"\} 1\.5/);
  expect(lines).toEqual([{ level: 'warn', outcome: 'LLM.BUSY', reason: '429 too many', seconds: 0.1, msg: 'the language model did not answer' }]);
});

test('tokens are counted by purpose and kind, and dollars by purpose', async () => {
  const { metrics, observer } = watching();
  observer.spending!.onPaid!({ purpose: 'first look', input: 1900, cachedInput: 1300, output: 60, cost: 145_000 } as LedgerEntry);
  observer.spending!.onReuse!({ purpose: 'second look' } as Question);
  observer.spending!.onOverBudget!({ purpose: 'first look' } as Question);
  const text = await metrics();
  for (const line of ['tokens_total{purpose="first look",kind="input"} 600', 'tokens_total{purpose="first look",kind="cached input"} 1300', 'tokens_total{purpose="first look",kind="output"} 60', 'dollars_total{purpose="first look"} 0.000145', 'reused_total{purpose="second look"} 1', 'over_budget_total{purpose="first look"} 1']) {
    expect(text).toContain(`mathlabeler_llm_${line}`);
  }
});

test('the model counts as up until it fails, and again once it answers', async () => {
  const { lines, metrics, observer } = watching();
  expect(await metrics()).toContain('mathlabeler_llm_up 1');
  expect(await metrics()).toContain('mathlabeler_llm_limit 64');
  observer.model!.breakerChanged!('open', 'unavailable');
  observer.model!.breakerChanged!('half-open', 'unavailable');
  expect(await metrics()).toContain('mathlabeler_llm_up 0');
  observer.model!.breakerChanged!('closed', 'unavailable');
  expect(await metrics()).toContain('mathlabeler_llm_up 1');
  expect(lines.map(({ level }) => level)).toEqual(['error', 'info']);
});

test.each([
  ['warned', 'warn', 0],
  ['spent', 'error', 1],
  ['open', 'info', 0],
] as const)('a budget that is %s is told as %s, with what was spent of it', async (kind, level, isSpent) => {
  const { lines, metrics, observer } = watching();
  observer.onBudget!({ kind, day: { limit: 5_000_000_000, spent: 4_500_000_000 }, unpriced: 0 });
  expect(lines).toMatchObject([{ level, spendings: [{ period: 'day', dollars: 4.5, limit: 5 }] }]);
  expect(await metrics()).toContain(`mathlabeler_llm_budget_spent ${isSpent}`);
});
