import { randomUUID } from 'node:crypto';
import { TransientError } from '@math-labeler/contracts';
import { isPassing } from '@math-labeler/storage';
import { type Absence, type Consultant, type Question, type Reply } from './language-model.js';
import { type Budget, type Reservation } from './ledger/budget.js';
import { costOf, tokensOf } from './ledger/cost.js';
import { callId, type LedgerEntry, type LedgerStore } from './ledger/ledger.store.js';
import { type Prices } from './ledger/prices.js';
import { replyCost } from './ledger/reply-cost.js';
import { dayOf } from './ledger/sums.js';
import { replyKey } from './replies/reply-key.js';
import { type ReplyStore } from './replies/reply.store.js';
import { SharedCalls } from './shared-calls.js';

/** Tokens of a Korean character: 0.67 over the open evaluation set in o200k_base. */
const TOKENS_PER_CHARACTER = 0.7;
/** Tokens of an answer that is not known yet: a sentence and a code are about 120. */
const USUAL_OUTPUT = 200;

/** Told of what happens, for metrics and log. */
export interface SpendingObserver {
  /** A stored reply was given: nothing was asked. */
  readonly onReuse?: (question: Question) => void;
  /** A call was paid for, and is in the ledger. */
  readonly onPaid?: (entry: LedgerEntry) => void;
  /** A question was not asked, since the budget is spent. */
  readonly onOverBudget?: (question: Question) => void;
}

export interface FrugalOptions {
  /** Asks the model. */
  readonly consultant: Consultant;
  readonly replies: ReplyStore;
  readonly ledger: LedgerStore;
  readonly prices: Prices;
  readonly budget: Budget;
  readonly observer?: SpendingObserver;
  readonly clock?: () => number;
  /** Tells the attempts at a question apart. */
  readonly newId?: () => string;
}

/** What was paid for, on its way to the stores. */
interface Paid {
  readonly question: Question;
  readonly reply: Reply;
  readonly entry: LedgerEntry;
  readonly reservation: Reservation;
}

/**
 * Asks only what is not stored and within the budget, and gives no reply before ledger and store have it. The ledger comes first: a crash in between
 * pays for the question once more, and both calls are counted. While a store is away it rejects with TransientError, holds what was paid for
 * and asks nothing new until that is written; only a process that ends meanwhile loses it.
 */
export class FrugalConsultant implements Consultant {
  private readonly calls = new SharedCalls<Reply | Absence>();
  /** What a store could not take when it was paid for. */
  private readonly leftovers = new Set<Paid>();
  private writing?: Promise<void>;

  constructor(private readonly options: FrugalOptions) {}

  get name(): string {
    return this.options.consultant.name;
  }

  /** Rejects with TransientError while a store is away, beside the signal's reason. */
  consult(question: Question, signal: AbortSignal): Promise<Reply | Absence> {
    return this.calls.run(replyKey(this.name, question.key), signal, (shared) => this.answer(question, shared));
  }

  private async answer(question: Question, signal: AbortSignal): Promise<Reply | Absence> {
    const { consultant, replies, budget, observer } = this.options;
    await this.writeLeftovers();
    const stored = await passing(() => replies.find(this.name, question.key));
    if (stored !== undefined) {
      observer?.onReuse?.(question);
      return stored;
    }
    const reservation = await passing(() => budget.reserve(this.estimate(question)));
    if (reservation === undefined) {
      observer?.onOverBudget?.(question);
      return 'over budget';
    }
    const reply = await released(reservation, () => consultant.consult(question, signal));
    if (typeof reply === 'string') {
      reservation.release();
      return reply;
    }
    return this.write({ question, reply, entry: this.entryOf(question, reply), reservation });
  }

  /** In nano-dollars, as if nothing of it were cached; 0 where the price is not known. */
  private estimate({ system, user, maxOutputTokens }: Question): number {
    const price = this.options.prices.priceOf(this.name, dayOf(this.now()));
    const input = (system.length + user.length) * TOKENS_PER_CHARACTER;
    return price === undefined ? 0 : costOf(tokensOf({ input, cachedInput: 0, output: Math.min(maxOutputTokens, USUAL_OUTPUT), reasoning: 0 }), price, 'at once');
  }

  private entryOf({ key, purpose }: Question, reply: Reply): LedgerEntry {
    const now = this.now();
    const id = callId(this.name, key, (this.options.newId ?? randomUUID)());
    return { id, at: new Date(now).toISOString(), model: this.name, purpose, way: 'at once', ...replyCost(this.options.prices, this.name, reply, 'at once', now) };
  }

  private async write(paid: Paid): Promise<Reply> {
    const { question, reply, entry, reservation } = paid;
    try {
      const kept = await passing(async () => {
        await this.options.ledger.record(entry);
        reservation.settle(entry.cost ?? 0);
        return this.options.replies.keep(this.name, question.key, reply);
      });
      this.options.observer?.onPaid?.(entry);
      return kept;
    } catch (error) {
      // What can never be written must not keep all others waiting.
      if (error instanceof TransientError) this.leftovers.add(paid);
      else reservation.settle(entry.cost ?? 0);
      throw error;
    }
  }

  private async writeLeftovers(): Promise<void> {
    if (this.leftovers.size > 0) this.writing ??= this.writeAll([...this.leftovers]).finally(() => (this.writing = undefined));
    await this.writing;
  }

  private async writeAll(leftovers: readonly Paid[]): Promise<void> {
    for (const paid of leftovers) {
      this.leftovers.delete(paid);
      await this.write(paid);
    }
  }

  private now(): number {
    return (this.options.clock ?? Date.now)();
  }
}

async function released<Result>(reservation: Reservation, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    reservation.release();
    throw error;
  }
}

/** An embedded store tells in SQLite's own words that its disk is full or its file busy. */
async function passing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw isPassing(cause) ? new TransientError((cause as Error).message, undefined, { cause }) : cause;
  }
}
