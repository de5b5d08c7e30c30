import { type Absence } from './language-model.js';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** In a row, until it opens. */
  readonly failures: number;
  /** Of the first opening; doubled with each probe that fails. */
  readonly coolDownMs: number;
  readonly longestCoolDownMs: number;
}

/** For one call; what came of it is told exactly once. */
export interface Permit {
  /** The model is there, whatever it has answered. */
  succeeded(): void;
  failed(): void;
  /** It will not answer before somebody has changed the settings. */
  misconfigured(): void;
  /** It was broken off before it could tell anything. */
  abandoned(): void;
}

/**
 * Saves the calls that would only fail: after several failures in a row nobody calls until a time has passed; then one call probes
 * (Nygard, Release It!, chapter 5: Circuit Breaker).
 */
export class CircuitBreaker {
  private state: BreakerState = 'closed';
  private failures = 0;
  private coolDownMs: number;
  private openUntil = 0;
  private absence: Absence = 'unavailable';
  /** Counts changes of state: a call that began before the last one has nothing to say any more. */
  private era = 0;

  constructor(
    private readonly options: BreakerOptions,
    private readonly now: () => number,
    private readonly onChange: (state: BreakerState, absence: Absence) => void = () => {},
  ) {
    this.coolDownMs = options.coolDownMs;
  }

  /** What those get who may not call just now; undefined where a call may be admitted. */
  refusal(): Absence | undefined {
    if (this.state === 'closed' || (this.state === 'open' && this.now() >= this.openUntil)) return undefined;
    return this.absence;
  }

  /** A permit for one call, or what to answer without one. */
  admit(): Permit | Absence {
    const refusal = this.refusal();
    if (refusal !== undefined) return refusal;
    if (this.state === 'open') this.enter('half-open');
    return this.permit(this.era);
  }

  private permit(era: number): Permit {
    const inTime = (act: () => void) => () => {
      if (era === this.era) act();
    };
    return {
      succeeded: inTime(() => this.close()),
      failed: inTime(() => this.fail()),
      misconfigured: inTime(() => this.open(this.options.longestCoolDownMs, 'misconfigured')),
      abandoned: inTime(() => this.giveUpProbe()),
    };
  }

  private close(): void {
    this.failures = 0;
    this.coolDownMs = this.options.coolDownMs;
    if (this.state !== 'closed') this.enter('closed');
  }

  private fail(): void {
    this.failures += 1;
    if (this.state === 'closed' && this.failures < this.options.failures) return;
    if (this.state === 'half-open') this.coolDownMs = Math.min(this.coolDownMs * 2, this.options.longestCoolDownMs);
    this.open(this.coolDownMs, 'unavailable');
  }

  private open(coolDownMs: number, absence: Absence): void {
    this.openUntil = this.now() + coolDownMs;
    this.absence = absence;
    this.enter('open');
  }

  /** The next one may probe at once. */
  private giveUpProbe(): void {
    if (this.state === 'half-open') this.enter('open');
  }

  private enter(state: BreakerState): void {
    this.state = state;
    this.era += 1;
    this.onChange(state, this.absence);
  }
}
