import { type LanguageModel, type Question, type Reply } from './language-model.js';
import { ModelUnavailable } from './model-unavailable.js';
import { TimeLimit } from './time-limit.js';
import { type Timer } from './timer.js';
import { codeOf, type Verdict, verdictOf } from './verdict.js';

/** What came of one call: a reply, what its error says, or nothing, because it was broken off too early to tell anything. */
export type Attempt = Verdict | { readonly means: 'answered'; readonly reply: Reply } | { readonly means: 'broken off' };

/** One call that has ended: with the outcome of its reply, with the code of its `error`, or `broken off`. */
export interface Call {
  readonly outcome: string;
  readonly seconds: number;
  readonly error?: unknown;
}

export interface TryLimits {
  readonly timer: Timer;
  /** What a try may take. */
  readonly tryTimeoutMs: number;
  /** By the timer: when the question as a whole must be done. */
  readonly deadline: number;
  readonly onCall?: (call: Call) => void;
}

/** Asks once, within a time of its own. Never rejects, and never waits for longer, whatever the model does with its signal. */
export async function attempt(model: LanguageModel, question: Question, signal: AbortSignal, { timer, tryTimeoutMs, deadline, onCall }: TryLimits): Promise<Attempt> {
  const began = timer.now();
  const allowance = Math.min(tryTimeoutMs, deadline - began);
  const limit = new TimeLimit(signal, allowance, timer);
  const ended = (outcome: string, error?: unknown) => onCall?.({ outcome, seconds: (timer.now() - began) / 1_000, ...(error === undefined ? {} : { error }) });
  try {
    const reply = await raced(model.ask(question, limit.signal), limit.signal);
    ended(reply.outcome);
    return { means: 'answered', reply };
  } catch (error) {
    const isTimeUp = limit.isOver || timer.now() >= deadline;
    // A model that was given less than half the usual time has not failed.
    if (limit.signal.aborted && !(isTimeUp && allowance >= tryTimeoutMs / 2)) {
      ended('broken off');
      return { means: 'broken off' };
    }
    const trouble = limit.signal.aborted ? new ModelUnavailable('LLM.TIMEOUT', `no answer within ${Math.round(allowance)} ms`, undefined, { cause: error }) : error;
    ended(codeOf(trouble), trouble);
    return verdictOf(trouble);
  } finally {
    limit.end();
  }
}

function raced<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
