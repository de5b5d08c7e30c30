import fc from 'fast-check';
import { PURPOSES } from '../language-model.js';
import { type LedgerEntry, type LedgerSum } from './ledger.store.js';
import { dayOf, plus, totalsOf } from './sums.js';

/** An entry with what is of interest; the rest is ordinary. */
export function entry(given: Partial<LedgerEntry> & { readonly id: string }): LedgerEntry {
  const usual: Omit<LedgerEntry, 'id'> = { at: '2026-11-26T12:00:00.000Z', model: 'gpt-6-luna', purpose: 'first look', way: 'at once', cost: 125_000, price: '2026-09-22-0a1b2c3d', input: 1900, cachedInput: 1536, cacheWrite: 0, output: 120, reasoning: 0 };
  return { ...usual, ...given };
}

const count = fc.integer({ min: 0, max: 300_000 });

/** Entries of a few days, models and purposes, each id once. */
export const someEntries: fc.Arbitrary<LedgerEntry[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    at: fc.integer({ min: 0, max: 3 * 86_400_000 }).map((ms) => new Date(Date.UTC(2026, 10, 29) + ms).toISOString()),
    model: fc.constantFrom('gpt-6-luna', '우리 모델', '"\ud800\u0000'),
    purpose: fc.constantFrom(...PURPOSES),
    way: fc.constantFrom('batch', 'at once'),
    cost: fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined }),
    price: fc.option(fc.constant('2026-09-22-0a1b2c3d'), { nil: undefined }),
    input: count,
    cachedInput: count,
    cacheWrite: count,
    output: count,
    reasoning: count,
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 60 },
);

/** What the sums of entries have to be, in the order in which a ledger gives them, one entry after the other. */
export function plainSums(entries: readonly LedgerEntry[]): LedgerSum[] {
  const sums = new Map<string, LedgerSum>();
  for (const one of entries) {
    const { model, purpose, way } = one;
    const name = JSON.stringify([dayOf(one.at), model, purpose, way]);
    const before = sums.get(name);
    sums.set(name, { day: dayOf(one.at), model, purpose, way, ...(before === undefined ? totalsOf(one) : plus(before, totalsOf(one))) });
  }
  return inOrder([...sums.values()]);
}

/** By day first; the order of models is the store's own. */
export function inOrder(sums: readonly LedgerSum[]): LedgerSum[] {
  const name = ({ day, model, purpose, way }: LedgerSum): string => JSON.stringify([day, model, purpose, way]);
  return [...sums].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

export function byTime(entries: readonly LedgerEntry[]): LedgerEntry[] {
  return [...entries].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}
