import { derivedId } from '@math-labeler/contracts';
import { type Purpose, type QuestionKey } from '../language-model.js';
import { replyKey } from '../replies/reply-key.js';
import { type Tokens } from './cost.js';

/** One call that was paid for. */
export interface LedgerEntry extends Tokens {
  /** As `callId` makes it. */
  readonly id: string;
  /** When it was answered, ISO 8601 in UTC: told again, a call has the time that it was first told with (of a batch: when the provider was done). */
  readonly at: string;
  /** As it was asked for. */
  readonly model: string;
  readonly purpose: Purpose;
  readonly way: 'batch' | 'at once';
  /** Whole nano-dollars; undefined where the price is not known. */
  readonly cost?: number;
  /** By which price the cost was counted. */
  readonly price?: string;
}

/** What the calls of one day, model, purpose and way add up to. */
export interface LedgerSum extends Tokens {
  /** `2026-11-26`, UTC. */
  readonly day: string;
  readonly model: string;
  readonly purpose: Purpose;
  readonly way: LedgerEntry['way'];
  readonly calls: number;
  /** Calls of which the price is not known. */
  readonly unpriced: number;
  /** Whole nano-dollars, of the calls whose price is known. */
  readonly cost: number;
}

/**
 * The same for the same call however often it is recorded, another one for every other that was paid for: a question is paid for again where the reply to it was lost.
 * @param attempt of the call among all for this question: the batch's id, or a random one
 */
export function callId(model: string, key: QuestionKey, attempt: string): string {
  return derivedId('llm call', replyKey(model, key), attempt);
}

/** Every call that was paid for, and their sums, which are those of the entries at every moment. */
export abstract class LedgerStore {
  /** Counts a call, once however often it is told. */
  abstract record(entry: LedgerEntry): Promise<void>;
  /** The sums of some days, both named ones included, the earliest first. */
  abstract sums(from: string, to: string): Promise<LedgerSum[]>;
  /** The entries of some days, both named ones included, in the order of their times. */
  abstract entries(from: string, to: string): Promise<LedgerEntry[]>;
}
