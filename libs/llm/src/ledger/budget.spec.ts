import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { Budget, type BudgetLimits, type BudgetState } from './budget.js';
import { DOLLAR } from './cost.js';
import { entry } from './entries.fixture.js';
import { SqliteLedgerStore } from './ledger.sqlite.js';
import { type LedgerSum } from './ledger.store.js';

const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const DAY = 86_400_000;

class CountingLedger extends SqliteLedgerStore {
  looks = 0;

  override sums(from: string, to: string): Promise<LedgerSum[]> {
    this.looks += 1;
    return super.sums(from, to);
  }
}

function setting(given: BudgetLimits) {
  const database = openDatabase(':memory:');
  const ledger = new CountingLedger({ database, commits: new GroupCommit(database) });
  const changes: BudgetState['kind'][] = [];
  const world = { now: NOON, limits: given };
  const budget = (): Budget => new Budget({ ledger, limits: () => world.limits, clock: () => world.now, onChange: ({ kind }) => changes.push(kind) });
  let calls = 0;
  /** A call is made and recorded, by some other process unless a budget is named. */
  const spend = async (dollars: number, at = world.now): Promise<void> => ledger.record(entry({ id: String(++calls), cost: Math.round(dollars * DOLLAR), at: new Date(at).toISOString() }));
  return { ledger, world, budget, spend, changes };
}

test('without a limit nothing is looked up, and everything may be asked', async () => {
  const { ledger, budget } = setting({});
  expect(await budget().state()).toEqual({ kind: 'open', day: undefined, month: undefined, unpriced: 0 });
  expect(await budget().reserve(1e15)).toBeDefined();
  expect(ledger.looks).toBe(0);
});

test.each([
  [0, 'open'],
  [0.79, 'open'],
  [0.8, 'warned'],
  [0.99, 'warned'],
  [1, 'spent'],
  [3, 'spent'],
] as const)('%d of one dollar spent: %s', async (dollars, kind) => {
  const { budget, spend } = setting({ day: 1 });
  await spend(dollars);
  const state = await budget().state();
  expect(state).toEqual({ kind, day: { limit: DOLLAR, spent: dollars * DOLLAR }, month: undefined, unpriced: 0 });
  expect((await budget().reserve(1)) === undefined).toBe(kind === 'spent');
});

test('a limit of nothing lets nothing through', async () => {
  expect(await setting({ day: 0 }).budget().reserve(0)).toBeUndefined();
});

test('the month counts all its days, the day only its own', async () => {
  const { budget, spend } = setting({ day: 1, month: 10 });
  await spend(9, NOON - 3 * DAY);
  await spend(5, Date.parse('2026-10-31T23:59:59.999Z'));
  expect(await budget().state()).toMatchObject({ kind: 'warned', day: { spent: 0 }, month: { spent: 9 * DOLLAR } });
});

test('what is on its way counts, so that a limit is passed by one call at most', async () => {
  const { budget } = setting({ day: 1 });
  const one = budget();
  const reservations = await Promise.all(Array.from({ length: 20 }, () => one.reserve(0.3 * DOLLAR)));
  expect(reservations.filter((each) => each !== undefined)).toHaveLength(4);
});

test('what is given back, or has cost less than thought, may be spent', async () => {
  const { budget } = setting({ day: 1 });
  const one = budget();
  const reservation = await one.reserve(DOLLAR);
  expect(await one.reserve(1)).toBeUndefined();
  reservation!.release();
  const second = await one.reserve(DOLLAR);
  second!.settle(0.25 * DOLLAR);
  second!.release();
  expect(await one.state()).toMatchObject({ kind: 'open', day: { spent: 0.25 * DOLLAR } });
  expect(await one.reserve(0.75 * DOLLAR)).toBeDefined();
  expect(await one.reserve(1)).toBeUndefined();
});

test('the ledger is asked once a second, however often the budget is, and what is settled meanwhile counts at once and only once', async () => {
  const { ledger, world, budget, spend } = setting({ day: 1 });
  const one = budget();
  await Promise.all(Array.from({ length: 50 }, () => one.state()));
  expect(ledger.looks).toBe(1);
  const reservation = await one.reserve(0.5 * DOLLAR);
  await spend(0.9);
  reservation!.settle(0.9 * DOLLAR);
  expect(await one.state()).toMatchObject({ kind: 'warned', day: { spent: 0.9 * DOLLAR } });
  expect(ledger.looks).toBe(1);
  world.now += 1000;
  expect(await one.state()).toMatchObject({ kind: 'warned', day: { spent: 0.9 * DOLLAR } });
  expect(ledger.looks).toBe(2);
});

test('what other processes spend is known within a second', async () => {
  const { world, budget, spend } = setting({ day: 1 });
  const one = budget();
  expect(await one.reserve(1)).toBeDefined();
  await spend(1);
  world.now += 1000;
  expect(await one.reserve(1)).toBeUndefined();
});

test('it opens again by itself on the next day, and when the limit is raised', async () => {
  const { world, budget, spend, changes } = setting({ day: 1 });
  const one = budget();
  await spend(1);
  expect(await one.reserve(1)).toBeUndefined();
  world.limits = { day: 2 };
  expect(await one.reserve(1)).toBeDefined();
  world.limits = { day: 1 };
  expect(await one.reserve(1)).toBeUndefined();
  world.now = Date.parse('2026-11-26T23:59:59.900Z');
  expect(await one.reserve(1)).toBeUndefined();
  world.now += 100;
  expect(await one.reserve(1)).toBeDefined();
  expect(changes).toEqual(['spent', 'open', 'spent', 'open']);
});

test('a new month has its own limit', async () => {
  const { world, budget, spend } = setting({ month: 1 });
  await spend(1);
  expect((await budget().state()).kind).toBe('spent');
  world.now = Date.parse('2026-12-01T00:00:00.000Z');
  expect((await budget().state()).kind).toBe('open');
});

test('calls whose price is not known are told, since no limit can count them', async () => {
  const { ledger, budget } = setting({ day: 1 });
  await ledger.record(entry({ id: 'a', cost: undefined, price: undefined }));
  expect(await budget().state()).toMatchObject({ kind: 'open', unpriced: 1 });
});
