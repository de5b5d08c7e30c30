import { TransientError } from '@math-labeler/contracts';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { FrugalConsultant } from './frugal-consultant.js';
import { type Absence, type Consultant, type Question, type QuestionKey, type Reply } from './language-model.js';
import { Budget, type BudgetLimits } from './ledger/budget.js';
import { DOLLAR } from './ledger/cost.js';
import { SqliteLedgerStore } from './ledger/ledger.sqlite.js';
import { type LedgerEntry } from './ledger/ledger.store.js';
import { openPrices, type PriceOptions } from './ledger/prices.js';
import { total } from './ledger/sums.js';
import { SqliteReplyStore } from './replies/reply.sqlite.js';

const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const never = new AbortController().signal;
const reply: Reply = { outcome: 'answered', text: '{"answer":"2B"}', usage: { input: 2000, cachedInput: 1500, output: 120, reasoning: 0 }, model: 'gpt-6-luna-2026-09-22' };
/** https://developers.openai.com/ja-JP/api/docs/models/gpt-6-luna */
const COST = 125_000;

function question(problem: string): Question {
  return { key: { problem, prompt: 'v1', candidates: ['4수01-01'], sample: 0 }, purpose: 'first look', system: 's'.repeat(2000), user: problem, schema: { name: 'answer', schema: {} }, maxOutputTokens: 2048 };
}

class FakeModel implements Consultant {
  readonly asked: Question[] = [];
  answer: () => Promise<Reply | Absence> = async () => reply;

  constructor(readonly name: string) {}

  consult(one: Question, signal: AbortSignal): Promise<Reply | Absence> {
    this.asked.push(one);
    const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    return Promise.race([this.answer(), ended]);
  }
}

class FailingReplies extends SqliteReplyStore {
  failure?: Error;
  /** The only problem whose replies fail, where there is one. */
  problem?: string;

  override async keep(model: string, key: QuestionKey, one: Reply): Promise<Reply> {
    if (this.failure !== undefined && (this.problem ?? key.problem) === key.problem) throw this.failure;
    return super.keep(model, key, one);
  }
}

class FailingLedger extends SqliteLedgerStore {
  failure?: Error;

  override async record(entry: LedgerEntry): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    await super.record(entry);
  }
}

async function setting({ limits = {}, name = 'gpt-6-luna', prices = {} }: { limits?: BudgetLimits; name?: string; prices?: PriceOptions } = {}) {
  const database = openDatabase(':memory:');
  const store = { database, commits: new GroupCommit(database) };
  const [replies, ledger, model] = [new FailingReplies(store), new FailingLedger(store), new FakeModel(name)];
  const told: string[] = [];
  const world = { now: NOON, limits, told, replies, ledger, model };
  const table = await openPrices(prices);
  /** A process over the same stores. */
  const process = (): FrugalConsultant =>
    new FrugalConsultant({
      consultant: model,
      replies,
      ledger,
      prices: table,
      budget: new Budget({ ledger, limits: () => world.limits, clock: () => world.now, onChange: ({ kind }) => told.push(kind) }),
      observer: {
        onReuse: ({ user }) => told.push(`${user} reused`),
        onPaid: ({ cost, input }) => told.push(`${input} tokens for ${cost ?? 'an unknown price'}`),
        onOverBudget: ({ user }) => told.push(`${user} over budget`),
      },
      clock: () => world.now,
    });
  const spent = async () => total(await ledger.sums('2026-01-01', '2027-12-31'));
  return { ...world, world, process, spent };
}

test('a redelivered question costs nothing, in this process and in the next', async () => {
  const { process, model, told, spent } = await setting();
  const first = process();
  expect([await first.consult(question('a'), never), await first.consult(question('a'), never), await process().consult(question('a'), never)]).toEqual([reply, reply, reply]);
  expect(model.asked).toHaveLength(1);
  expect(await spent()).toMatchObject({ calls: 1, cost: COST, input: 2000, cachedInput: 1500, output: 120 });
  expect(told).toEqual([`2000 tokens for ${COST}`, 'a reused', 'a reused']);
});

test('an entry says when, what for, with what model and by which price', async () => {
  const { process, ledger } = await setting();
  await process().consult({ ...question('a'), purpose: 'second look' }, never);
  expect(await ledger.entries('2026-11-26', '2026-11-26')).toMatchObject([{ at: '2026-11-26T12:00:00.000Z', model: 'gpt-6-luna', purpose: 'second look', way: 'at once', cost: COST, price: expect.stringMatching(/^2026-09-22-/) as string }]);
});

test('the same question asked twice at once is one call', async () => {
  const { process, model, spent } = await setting();
  const one = process();
  expect(await Promise.all([one.consult(question('a'), never), one.consult(question('a'), never), one.consult(question('b'), never)])).toEqual([reply, reply, reply]);
  expect(model.asked.map(({ user }) => user)).toEqual(['a', 'b']);
  expect((await spent()).calls).toBe(2);
});

test('two processes that both paid come to the same reply, and both calls count', async () => {
  const { process, model, spent } = await setting();
  let answers = 0;
  model.answer = async () => ({ ...reply, text: `answer ${++answers}` });
  const [one, two] = await Promise.all([process().consult(question('a'), never), process().consult(question('a'), never)]);
  expect(one).toEqual(two);
  expect((await spent()).calls).toBe(2);
});

test('an absence is given as it is, is neither stored nor counted, and leaves the budget as it was', async () => {
  const { process, model, spent } = await setting({ limits: { day: 0.0001 } });
  const one = process();
  model.answer = async () => 'unavailable';
  expect(await one.consult(question('a'), never)).toBe('unavailable');
  model.answer = async () => reply;
  expect(await one.consult(question('a'), never)).toEqual(reply);
  expect((await spent()).calls).toBe(1);
});

test('over budget nothing is asked, stored replies are given all the same, and it goes on by itself on the next day', async () => {
  const { process, model, told, world } = await setting({ limits: { day: COST / DOLLAR } });
  const one = process();
  expect(await one.consult(question('a'), never)).toEqual(reply);
  expect(await one.consult(question('b'), never)).toBe('over budget');
  expect(await one.consult(question('a'), never)).toEqual(reply);
  expect(model.asked).toHaveLength(1);
  world.now += 86_400_000;
  expect(await one.consult(question('b'), never)).toEqual(reply);
  expect(told).toEqual([`2000 tokens for ${COST}`, 'spent', 'b over budget', 'a reused', 'open', `2000 tokens for ${COST}`]);
});

test('many at once spend no more than the limit and what one call costs', async () => {
  const { process, spent } = await setting({ limits: { day: (10 * COST) / DOLLAR } });
  const one = process();
  const given = await Promise.all(Array.from({ length: 100 }, (_, i) => one.consult(question(String(i)), never)));
  expect(given).toContain('over budget');
  expect((await spent()).cost).toBeLessThanOrEqual(11 * COST);
});

test('a crash between ledger and reply loses no count: the question is paid for again, and both calls are counted', async () => {
  const { process, replies, model, spent } = await setting();
  replies.failure = new TransientError('away');
  await expect(process().consult(question('a'), never)).rejects.toThrow(TransientError);
  expect((await spent()).calls).toBe(1);
  replies.failure = undefined;
  expect(await process().consult(question('a'), never)).toEqual(reply);
  expect([model.asked.length, (await spent()).calls]).toEqual([2, 2]);
});

test.each(['ledger', 'replies'] as const)('while the store of the %s is away nothing more is paid for; what was paid for is written first when it is back, and once', async (name) => {
  const { process, model, told, spent, world } = await setting();
  const one = process();
  world[name].failure = new TransientError('away');
  await expect(one.consult(question('a'), never)).rejects.toThrow(TransientError);
  await expect(one.consult(question('b'), never)).rejects.toThrow(TransientError);
  await expect(one.consult(question('a'), never)).rejects.toThrow(TransientError);
  expect(model.asked.map(({ user }) => user)).toEqual(['a']);
  world[name].failure = undefined;
  expect(await Promise.all([one.consult(question('b'), never), one.consult(question('a'), never)])).toEqual([reply, reply]);
  expect(model.asked.map(({ user }) => user)).toEqual(['a', 'b']);
  expect((await spent()).calls).toBe(2);
  expect(told.filter((line) => line.endsWith(String(COST)))).toHaveLength(2);
});

test('a full disk is told as what passes', async () => {
  const { process, replies } = await setting();
  replies.failure = Object.assign(new Error('database or disk is full'), { sqliteCode: 13 });
  await expect(process().consult(question('a'), never)).rejects.toThrow(TransientError);
});

test('a reply that can never be written is nobody else’s trouble', async () => {
  const { process, replies, spent } = await setting();
  const one = process();
  [replies.failure, replies.problem] = [new Error('a bug'), 'a'];
  await expect(one.consult(question('a'), never)).rejects.toThrow('a bug');
  expect(await one.consult(question('b'), never)).toEqual(reply);
  expect((await spent()).calls).toBe(2);
});

test('who leaves early pays nothing, and what was set aside is free again', async () => {
  const { process, model, spent } = await setting({ limits: { day: 0.0001 } });
  const one = process();
  const impatient = new AbortController();
  let isAsked!: () => void;
  const asked = new Promise<void>((yes) => (isAsked = yes));
  model.answer = () => new Promise<never>(() => isAsked());
  const late = one.consult(question('a'), impatient.signal);
  await asked;
  impatient.abort(new Error('late'));
  await expect(late).rejects.toThrow('late');
  model.answer = async () => reply;
  expect(await one.consult(question('b'), never)).toEqual(reply);
  expect((await spent()).calls).toBe(1);
});

test('without a price tokens are counted, and the cost is said to be unknown', async () => {
  const { process, model, told, spent } = await setting({ name: 'gpt-9', limits: { day: 1 } });
  model.answer = async () => ({ ...reply, model: 'gpt-9' });
  await process().consult(question('a'), never);
  expect(await spent()).toMatchObject({ calls: 1, unpriced: 1, cost: 0, input: 2000 });
  expect(told).toEqual(['2000 tokens for an unknown price']);
});

test('a server of one’s own costs nothing', async () => {
  const { process, spent } = await setting({ name: 'qwen3', prices: { baseUrl: 'http://localhost:8000/v1' } });
  await process().consult(question('a'), never);
  expect(await spent()).toMatchObject({ calls: 1, unpriced: 0, cost: 0, input: 2000 });
});
