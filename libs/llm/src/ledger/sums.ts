import { type LedgerEntry, type LedgerSum } from './ledger.store.js';

/** What is counted. */
export type Totals = Omit<LedgerSum, 'day' | 'model' | 'purpose' | 'way'>;

export const COUNTED = ['calls', 'unpriced', 'cost', 'input', 'cachedInput', 'cacheWrite', 'output', 'reasoning'] as const satisfies readonly (keyof Totals)[];

export const NOTHING_YET: Totals = { calls: 0, unpriced: 0, cost: 0, input: 0, cachedInput: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** The day, in UTC, on which something counts. */
export function dayOf(at: string | number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** What one call counts for. */
export function totalsOf({ cost, input, cachedInput, cacheWrite, output, reasoning }: LedgerEntry): Totals {
  return { calls: 1, unpriced: cost === undefined ? 1 : 0, cost: cost ?? 0, input, cachedInput, cacheWrite, output, reasoning };
}

export function plus(a: Totals, b: Totals): Totals {
  return Object.fromEntries(COUNTED.map((name) => [name, a[name] + b[name]])) as unknown as Totals;
}

export function total(sums: Iterable<Totals>): Totals {
  let all = NOTHING_YET;
  for (const sum of sums) all = plus(all, sum);
  return all;
}

export function byDay(sums: readonly LedgerSum[]): Map<string, Totals> {
  return grouped(sums, ({ day }) => day);
}

export function byModel(sums: readonly LedgerSum[]): Map<string, Totals> {
  return grouped(sums, ({ model }) => model);
}

export function byPurpose(sums: readonly LedgerSum[]): Map<LedgerSum['purpose'], Totals> {
  return grouped(sums, ({ purpose }) => purpose);
}

function grouped<Key>(sums: readonly LedgerSum[], keyOf: (sum: LedgerSum) => Key): Map<Key, Totals> {
  const groups = new Map<Key, Totals>();
  for (const sum of sums) groups.set(keyOf(sum), plus(groups.get(keyOf(sum)) ?? NOTHING_YET, sum));
  return groups;
}
