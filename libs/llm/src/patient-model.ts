import { AdaptiveGate, type GateObserver, type Seat } from './adaptive-gate.js';
import { type Attempt, attempt, type Call, type TryLimits } from './attempt.js';
import { type Backoff, backoffMs } from './backoff.js';
import { type BreakerOptions, type BreakerState, CircuitBreaker, type Permit } from './circuit-breaker.js';
import { type Absence, type Consultant, type LanguageModel, type Question, type Reply } from './language-model.js';
import { type RateLimits } from './rate-limits.js';
import { TimeLimit } from './time-limit.js';
import { realTimer, type Timer } from './timer.js';

export interface PatientOptions {
  /** For one question with all its waits and tries. */
  readonly deadlineMs: number;
  /** For one try; half the deadline by default. */
  readonly tryTimeoutMs: number;
  readonly maxInFlight: number;
  readonly backoff: Backoff;
  readonly breaker: BreakerOptions;
}

const DEFAULTS: Omit<PatientOptions, 'tryTimeoutMs'> = {
  deadlineMs: 30_000,
  maxInFlight: 64,
  backoff: { firstMs: 500, longestMs: 8_000 },
  breaker: { failures: 5, coolDownMs: 5_000, longestCoolDownMs: 300_000 },
};

/** For metrics and log. */
export interface ModelObserver extends GateObserver {
  called?(call: Call): void;
  /** @param absence what questions get while it is open */
  breakerChanged?(state: BreakerState, absence: Absence): void;
}

export interface PatientParts {
  readonly timer?: Timer;
  /** From 0 to 1. */
  readonly random?: () => number;
  readonly observer?: ModelObserver;
}

/** Asks a model for many at a time, and again where that may help: the one place with retries, deadline, circuit breaker and limits. */
export class PatientModel implements Consultant {
  private readonly options: PatientOptions;
  private readonly timer: Timer;
  private readonly random: () => number;
  private readonly observer: ModelObserver;
  private readonly breaker: CircuitBreaker;
  private readonly gate: AdaptiveGate;
  /** Ends the waits between two tries. */
  private readonly pausing = new Set<() => void>();
  private arrivals = 0;

  constructor(
    private readonly model: LanguageModel,
    options: Partial<PatientOptions> = {},
    { timer = realTimer, random = Math.random, observer = {} }: PatientParts = {},
  ) {
    const { deadlineMs = DEFAULTS.deadlineMs, tryTimeoutMs = deadlineMs / 2 } = options;
    this.options = { ...DEFAULTS, ...options, deadlineMs, tryTimeoutMs: Math.min(tryTimeoutMs, deadlineMs) };
    this.timer = timer;
    this.random = random;
    this.observer = observer;
    this.gate = new AdaptiveGate(this.options.maxInFlight, timer, observer);
    this.breaker = new CircuitBreaker(this.options.breaker, () => timer.now(), (state, absence) => this.changed(state, absence));
  }

  get name(): string {
    return this.model.name;
  }

  /** Follows what the provider tells of its limits. */
  heed(limits: RateLimits): void {
    this.gate.heed(limits);
  }

  async consult(question: Question, signal: AbortSignal): Promise<Reply | Absence> {
    signal.throwIfAborted();
    const refusal = this.breaker.refusal();
    if (refusal !== undefined) return refusal;
    const deadline = this.timer.now() + this.options.deadlineMs;
    const limit = new TimeLimit(signal, this.options.deadlineMs, this.timer);
    try {
      const outcome = await this.pursue(question, { arrival: this.arrivals++, deadline, signal: limit.signal });
      // A reply that has come is paid for, whatever has happened since.
      if (typeof outcome === 'string') signal.throwIfAborted();
      return outcome;
    } finally {
      limit.end();
    }
  }

  private async pursue(question: Question, errand: Errand): Promise<Reply | Absence> {
    for (let tries = 1; ; tries += 1) {
      const seat = await this.gate.enter(errand);
      if (seat === undefined) return this.breaker.refusal() ?? 'late';
      const permit = this.breaker.admit();
      if (typeof permit === 'string') {
        seat.leave('unheard');
        return permit;
      }
      const result = await attempt(this.model, question, errand.signal, this.limitsOf(errand));
      tell(result, permit, seat);
      if (result.means === 'answered') return result.reply;
      const wait = this.waitAfter(result, tries);
      if (wait === undefined || this.timer.now() + wait >= errand.deadline) return absenceAfter(result);
      await this.pause(wait, errand.signal);
      const refusal = this.breaker.refusal();
      if (refusal !== undefined) return refusal;
    }
  }

  private limitsOf({ deadline }: Errand): TryLimits {
    return { timer: this.timer, tryTimeoutMs: this.options.tryTimeoutMs, deadline, onCall: (call) => this.observer.called?.(call) };
  }

  /** In ms; undefined where there is no sense in another try. A pause that the provider has told holds for all, at the gate. */
  private waitAfter(result: Attempt, tries: number): number | undefined {
    const backoff = backoffMs(tries, this.options.backoff, this.random());
    if (result.means === 'busy') return Math.max(0, backoff - (result.retryAfterMs ?? 0));
    return result.means === 'failing' ? Math.max(backoff, result.retryAfterMs ?? 0) : undefined;
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0 || signal.aborted || this.breaker.refusal() !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        signal.removeEventListener('abort', end);
        this.pausing.delete(end);
        resolve();
      };
      const cancel = this.timer.after(ms, end);
      signal.addEventListener('abort', end, { once: true });
      this.pausing.add(end);
    });
  }

  private changed(state: BreakerState, absence: Absence): void {
    this.observer.breakerChanged?.(state, absence);
    if (state !== 'open') return;
    for (const end of this.pausing) end();
    this.gate.dismissAll();
  }
}

/** One question on its way. */
interface Errand {
  readonly arrival: number;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** What breaker and gate learn from a try. */
function tell(result: Attempt, permit: Permit, seat: Seat): void {
  if (result.means === 'failing') permit.failed();
  else if (result.means === 'misconfigured') permit.misconfigured();
  else if (result.means === 'broken off') permit.abandoned();
  else permit.succeeded();

  if (result.means === 'busy') seat.leaveBusy(result.retryAfterMs);
  else seat.leave(result.means === 'answered' || result.means === 'unanswerable' ? 'well' : 'unheard');
}

function absenceAfter(result: Exclude<Attempt, { means: 'answered' }>): Absence {
  if (result.means === 'failing') return result.absence;
  if (result.means === 'misconfigured') return 'misconfigured';
  return result.means === 'unanswerable' ? 'unavailable' : 'late';
}
