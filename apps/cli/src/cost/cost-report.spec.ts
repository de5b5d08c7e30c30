import { type LedgerSum } from '@math-labeler/llm';
import { costRecord, costReport } from './cost-report.js';
import { monthOf } from './month.js';

const sum = (given: Partial<LedgerSum>): LedgerSum => ({
  day: '2026-11-26', model: 'gpt-6-luna', purpose: 'first look', way: 'at once', calls: 1000, unpriced: 0, cost: 125_000_000, input: 2_000_000, cachedInput: 1_500_000, cacheWrite: 0, output: 120_000, reasoning: 0, ...given,
});
const sums = [sum({}), sum({ purpose: 'second look', calls: 100, cost: 25_000_000, input: 200_000, cachedInput: 0, output: 12_000 }), sum({ day: '2026-11-27', model: 'gpt-9', calls: 3, unpriced: 3, cost: 0, input: 30, cachedInput: 0, output: 3 })];
const month = monthOf('2026-11');

test('a month is told by day, model and purpose, with the share of the budget', () => {
  expect(costReport(sums, month, { day: 0.5, month: 3 }, 'ko')).toEqual([
    '2026-11 (UTC): 호출 1103번, $0.1500 + 가격 모름 (3번)',
    '이 달의 예산 $3 가운데 5.0 %',
    '',
    '날짜        호출  입력 토큰  캐시    출력 토큰  비용             하루 예산',
    '2026-11-26  1100    2200000  68.2 %     132000  $0.1500          30.0 %',
    '2026-11-27     3         30  0.0 %           3  가격 모름 (3번)  0.0 %',
    '',
    '모델        호출  입력 토큰  캐시    출력 토큰  비용',
    'gpt-6-luna  1100    2200000  68.2 %     132000  $0.1500',
    'gpt-9          3         30  0.0 %           3  가격 모름 (3번)',
    '',
    '목적       호출  입력 토큰  캐시    출력 토큰  비용',
    '첫 판단    1003    2000030  75.0 %     120003  $0.1250 + 가격 모름 (3번)',
    '다시 보기   100     200000  0.0 %       12000  $0.0250',
  ]);
});

test('in English, and without a budget, there is no share of one', () => {
  const lines = costReport(sums.slice(0, 2), month, {}, 'en');
  expect(lines[0]).toBe('2026-11 (UTC): 1100 calls, $0.1500');
  expect(lines.join('\n')).not.toContain('budget');
  expect(lines).toContainEqual(expect.stringMatching(/^second look +100 +200000 +0\.0 % +12000 +\$0\.0250$/) as string);
});

test('programs are told dollars, and the calls whose price is not known', () => {
  expect(costRecord(sums, month, { month: 3 })).toMatchObject({
    month: '2026-11',
    total: { calls: 1103, unpricedCalls: 3, costUsd: 0.15, input: 2_200_030, cachedInput: 1_500_000 },
    budget: { monthUsd: 3, monthShare: 0.05 },
    days: [{ day: '2026-11-26', calls: 1100 }, { day: '2026-11-27', unpricedCalls: 3, costUsd: 0 }],
    models: [{ model: 'gpt-6-luna' }, { model: 'gpt-9' }],
    purposes: [{ purpose: 'first look', costUsd: 0.125 }, { purpose: 'second look', costUsd: 0.025 }],
  });
});
