import { Headroom } from './headroom.js';
import { type RateLimits } from './rate-limits.js';
import { type Timer } from './timer.js';

/** Somebody who wants to call. */
export interface Visitor {
  /** Lower comes first: one who tries again keeps the place of the first try. */
  readonly arrival: number;
  /** By the timer, in ms: what begins later is of no use. */
  readonly deadline: number;
  /** Aborted by the deadline at the latest. */
  readonly signal: AbortSignal;
}

/** A place among those that call at the same time; it is left exactly once. */
export interface Seat {
  /** @param how `well`: answered; `unheard`: failed, or never called */
  leave(how: 'well' | 'unheard'): void;
  /** The provider wants fewer calls, and none before a time where it has told one. */
  leaveBusy(retryAfterMs: number | undefined): void;
}

export interface GateObserver {
  limitChanged?(limit: number): void;
  waiting?(count: number): void;
}

interface Waiter extends Visitor {
  settle(seat: Seat | undefined): void;
}

/**
 * Lets in as many at a time as the provider bears: half as many with each refusal, one more with each round of answers (additive increase, multiplicative
 * decrease: Chiu and Jain 1989), first come first served.
 */
export class AdaptiveGate {
  private limit: number;
  private inFlight = 0;
  private pausedUntil = 0;
  private entered = 0;
  /** Calls that began before the last halving say nothing about the limit since. */
  private enteredAtHalving = 0;
  private readonly headroom = new Headroom();
  private readonly waiters: Waiter[] = [];
  private cancelWake: (() => void) | undefined;

  constructor(
    private readonly maxInFlight: number,
    private readonly timer: Timer,
    private readonly observer: GateObserver = {},
  ) {
    this.limit = maxInFlight;
  }

  /** Undefined for those who do not get in: their signal has ended, the pause goes beyond their deadline, or all were dismissed. */
  enter(visitor: Visitor): Promise<Seat | undefined> {
    if (visitor.signal.aborted || this.pausedUntil >= visitor.deadline) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const leave = () => this.remove(waiter);
      const waiter: Waiter = {
        ...visitor,
        settle(seat) {
          visitor.signal.removeEventListener('abort', leave);
          resolve(seat);
        },
      };
      visitor.signal.addEventListener('abort', leave, { once: true });
      this.waiters.splice(this.waiters.findLastIndex(({ arrival }) => arrival < visitor.arrival) + 1, 0, waiter);
      this.letIn();
      if (this.waiters.includes(waiter)) this.observer.waiting?.(this.waiters.length);
    });
  }

  heed(limits: RateLimits): void {
    this.headroom.heed(limits, this.timer.now());
    this.letIn();
  }

  /** All who wait go without a seat. */
  dismissAll(): void {
    this.dismiss(() => true);
  }

  private letIn(): void {
    const now = this.timer.now();
    while (this.waiters.length > 0 && this.inFlight < Math.floor(this.limit) && this.openAt() <= now) {
      const waiter = this.waiters.shift()!;
      this.observer.waiting?.(this.waiters.length);
      waiter.settle(waiter.deadline <= now ? undefined : this.take(now));
    }
    this.wakeInTime();
  }

  private take(now: number): Seat {
    this.inFlight += 1;
    this.headroom.take(now);
    return this.seat(this.entered++);
  }

  private openAt(): number {
    return Math.max(this.pausedUntil, this.headroom.roomAt());
  }

  private wakeInTime(): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    const inMs = this.openAt() - this.timer.now();
    if (this.waiters.length > 0 && inMs > 0) this.cancelWake = this.timer.after(inMs, () => this.letIn());
  }

  private seat(number: number): Seat {
    const freed = (act: () => void) => {
      this.inFlight -= 1;
      act();
      this.letIn();
    };
    return {
      leave: (how) => freed(() => how === 'well' && this.setLimit(Math.min(this.maxInFlight, this.limit + 1 / this.limit))),
      leaveBusy: (retryAfterMs) => freed(() => this.slowDown(number, retryAfterMs)),
    };
  }

  private slowDown(number: number, retryAfterMs = 0): void {
    if (number >= this.enteredAtHalving) {
      this.enteredAtHalving = this.entered;
      this.setLimit(Math.max(1, this.limit / 2));
    }
    this.pausedUntil = Math.max(this.pausedUntil, this.timer.now() + retryAfterMs);
    this.dismiss(({ deadline }) => deadline <= this.pausedUntil);
  }

  private setLimit(limit: number): void {
    const before = Math.floor(this.limit);
    this.limit = limit;
    if (Math.floor(limit) !== before) this.observer.limitChanged?.(Math.floor(limit));
  }

  private dismiss(whom: (waiter: Waiter) => boolean): void {
    for (const waiter of this.waiters.filter(whom)) this.remove(waiter);
  }

  private remove(waiter: Waiter): void {
    const at = this.waiters.indexOf(waiter);
    if (at < 0) return;
    this.waiters.splice(at, 1);
    this.observer.waiting?.(this.waiters.length);
    waiter.settle(undefined);
  }
}
