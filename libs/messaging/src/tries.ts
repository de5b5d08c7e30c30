import { type Event, type NewEvent } from '@math-labeler/contracts';
import { type DeliveryContext, type Handler } from './delivery.js';
import { done, type Outcome, outcomeOf } from './outcome.js';

const NOTHING: readonly NewEvent[] = [];

/** One call of a handler. Its signal is made only for a handler that asks for it. */
class Try implements DeliveryContext {
  private aborting?: AbortController;
  private over = false;

  constructor(
    readonly tries: number,
    readonly due: number,
    readonly settle: (outcome: Outcome) => void,
  ) {}

  get signal(): AbortSignal {
    this.aborting ??= new AbortController();
    if (this.over) this.aborting.abort();
    return this.aborting.signal;
  }

  abort(): void {
    this.over = true;
    this.aborting?.abort();
  }
}

/** Calls handlers, and ends what takes longer than its deadline; one timer watches over all, as they fall due in the order in which they began. */
export class Tries {
  private readonly running = new Set<Try>();
  private timer?: NodeJS.Timeout;

  /** @param onOverdue hears of each try that its deadline has ended */
  constructor(
    private readonly deadlineMs: number,
    private readonly onOverdue: () => void,
  ) {}

  /** Never rejects. A handler that goes on after its deadline is no longer listened to. */
  run(handle: Handler, event: Event, tries: number): Promise<Outcome> {
    return new Promise((resolve) => {
      const one = new Try(tries, performance.now() + this.deadlineMs, resolve);
      this.running.add(one);
      this.timer ??= this.wake(this.deadlineMs);
      const end = (outcome: Outcome): void => {
        this.running.delete(one);
        resolve(outcome);
      };
      try {
        handle(event as Event<never>, one).then((events) => end(done(events ?? NOTHING)), (error: unknown) => end(outcomeOf(error)));
      } catch (error) {
        end(outcomeOf(error));
      }
    });
  }

  /** Ends everything that is running, and watches no more. */
  endAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const one of this.running) this.end(one, 'shutting down');
  }

  private wake(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.sweep(), ms).unref();
  }

  private sweep(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const one of this.running) {
      if (one.due > now) {
        this.timer = this.wake(Math.ceil(one.due - now));
        return;
      }
      this.onOverdue();
      this.end(one, `기한 ${this.deadlineMs} ms 안에 끝나지 않았습니다 · not finished within its deadline of ${this.deadlineMs} ms`);
    }
  }

  private end(one: Try, reason: string): void {
    this.running.delete(one);
    one.abort();
    one.settle({ kind: 'retry', reason });
  }
}
