import { type BudgetLimits, byDay, byModel, byPurpose, DOLLAR, type LedgerSum, type Purpose, total, type Totals } from '@math-labeler/llm';
import { type Language, wordsIn } from '../language.js';
import { textTable } from '../text-table.js';
import { money, percent } from './money.js';
import { type Month } from './month.js';

const PURPOSE_NAMES: Readonly<Record<Purpose, string>> = { 'first look': '첫 판단', 'second look': '다시 보기', embedding: '임베딩' };

/** What a month has cost, as lines to read. */
export function costReport(sums: readonly LedgerSum[], { name }: Month, limits: BudgetLimits, language: Language): string[] {
  const words = wordsIn(language);
  const all = total(sums);
  const spent = limits.month === undefined ? [] : [words(`이 달의 예산 $${limits.month} 가운데 ${percent(shareOf(all, limits.month))}`, `${percent(shareOf(all, limits.month))} of this month’s budget of $${limits.month}`)];
  const table = (title: string, groups: Iterable<readonly [string, Totals]>, day?: number): string[] => ['', ...textTable(rowsOf(title, [...groups], day, language))];
  const purposes = Array.from(byPurpose(sums), ([purpose, totals]) => [words(PURPOSE_NAMES[purpose], purpose), totals] as const);
  return [
    words(`${name} (UTC): 호출 ${all.calls}번, ${costIn(all, language)}`, `${name} (UTC): ${all.calls} calls, ${costIn(all, language)}`),
    ...spent,
    ...table(words('날짜', 'day'), byDay(sums), limits.day),
    ...table(words('모델', 'model'), byModel(sums)),
    ...table(words('목적', 'purpose'), purposes),
  ];
}

/** The same for programs: US dollars, and the calls whose price is not known. */
export function costRecord(sums: readonly LedgerSum[], { name, from, to }: Month, limits: BudgetLimits): Record<string, unknown> {
  const groups = (by: string, totals: ReadonlyMap<string, Totals>): unknown[] => Array.from(totals, ([each, group]) => ({ [by]: each, ...recordOf(group) }));
  const all = total(sums);
  return {
    month: name,
    from,
    to,
    total: recordOf(all),
    budget: { ...(limits.day === undefined ? {} : { dayUsd: limits.day }), ...(limits.month === undefined ? {} : { monthUsd: limits.month, monthShare: shareOf(all, limits.month) }) },
    days: groups('day', byDay(sums)),
    models: groups('model', byModel(sums)),
    purposes: groups('purpose', byPurpose(sums)),
  };
}

function recordOf({ calls, unpriced, cost, ...tokens }: Totals): Record<string, number> {
  return { calls, unpricedCalls: unpriced, costUsd: cost / DOLLAR, ...tokens };
}

function rowsOf(title: string, groups: readonly (readonly [string, Totals])[], day: number | undefined, language: Language): (string | number)[][] {
  const words = wordsIn(language);
  const head = [title, words('호출', 'calls'), words('입력 토큰', 'input tokens'), words('캐시', 'cached'), words('출력 토큰', 'output tokens'), words('비용', 'cost'), ...(day === undefined ? [] : [words('하루 예산', 'day’s budget')])];
  const rows = groups.map(([name, totals]) => [
    name,
    totals.calls,
    totals.input,
    percent(totals.input === 0 ? 0 : totals.cachedInput / totals.input),
    totals.output,
    costIn(totals, language),
    ...(day === undefined ? [] : [percent(shareOf(totals, day))]),
  ]);
  return [head, ...rows];
}

function shareOf({ cost }: Totals, limit: number): number {
  return limit === 0 ? 1 : cost / (limit * DOLLAR);
}

/** What is known of the cost, and of how many calls it is not. */
function costIn({ calls, unpriced, cost }: Totals, language: Language): string {
  const words = wordsIn(language);
  if (unpriced === 0) return money(cost);
  const unknown = words(`가격 모름 (${unpriced}번)`, `price unknown (${unpriced} calls)`);
  return unpriced === calls ? unknown : `${money(cost)} + ${unknown}`;
}
