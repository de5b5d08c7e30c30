import { DOLLAR } from './cost.js';
import { type LedgerStore } from './ledger.store.js';
import { dayOf, total } from './sums.js';

/** From this share of a limit on, people are warned. */
const WARNED_FROM = 0.8;
/** How long what the ledger says is taken for new, in ms. */
const FRESH_MS = 1000;

/** The most that may be spent, in US dollars a day and month (UTC); undefined: without limit. */
export interface BudgetLimits {
  readonly day?: number;
  readonly month?: number;
}

/** Nano-dollars. */
export interface Spending {
  readonly limit: number;
  readonly spent: number;
}

export interface BudgetState {
  /** `warned` from four fifths of a limit on, `spent` once nothing more is asked. */
  readonly kind: 'open' | 'warned' | 'spent';
  /** Undefined: without limit. */
  readonly day?: Spending;
  readonly month?: Spending;
  /** Calls of this month whose price is not known: they count for nothing here. */
  readonly unpriced: number;
}

/** Money set aside for a call on its way; only the first of settling and releasing counts. */
export interface Reservation {
  /** Once the ledger has the call: what it has cost in nano-dollars. */
  settle(cost: number): void;
  /** The call has cost nothing. */
  release(): void;
}

export interface BudgetOptions {
  readonly ledger: LedgerStore;
  /** Asked anew each time, so that a limit that was raised holds at once. */
  readonly limits: () => BudgetLimits;
  readonly clock?: () => number;
  /** Told when the kind of the state is another one. */
  readonly onChange?: (state: BudgetState) => void;
}

/** What a look into the ledger has found. */
interface Look {
  readonly at: number;
  readonly day: string;
  readonly spentToday: number;
  readonly spentThisMonth: number;
  readonly unpriced: number;
  /** What this process had settled when it looked. */
  readonly settled: number;
}

/**
 * Limits that all processes over one ledger keep together: each knows what the ledger said within the last second, and what it has itself on its way.
 * So what is spent beyond a limit is at most what all of them have on their way at that moment. A new day, a new month or a higher limit opens it again.
 */
export class Budget {
  private look?: Look;
  private looking?: Promise<Look>;
  private inFlight = 0;
  private settled = 0;
  private kind: BudgetState['kind'] = 'open';
  private readonly clock: () => number;

  constructor(private readonly options: BudgetOptions) {
    this.clock = options.clock ?? Date.now;
  }

  /** What was spent as far as this process knows, without what is on its way. Rejects as the ledger does. */
  async state(now: number = this.clock()): Promise<BudgetState> {
    const { day, month } = this.options.limits();
    const isFree = day === undefined && month === undefined;
    const look = isFree ? undefined : await this.lookAt(now);
    // The sums may hold some of it already: for a second this errs on the side of caution.
    const since = look === undefined ? 0 : this.settled - look.settled;
    const spending = (limit: number | undefined, spent = 0): Spending | undefined => (limit === undefined ? undefined : { limit: Math.round(limit * DOLLAR), spent: spent + since });
    const state = { day: spending(day, look?.spentToday), month: spending(month, look?.spentThisMonth), unpriced: look?.unpriced ?? 0 };
    const told: BudgetState = { kind: kindOf([state.day, state.month]), ...state };
    if (told.kind !== this.kind) {
      this.kind = told.kind;
      this.options.onChange?.(told);
    }
    return told;
  }

  /** Sets money aside for a call, in nano-dollars; undefined where what was spent and is on its way reaches a limit. Rejects as the ledger does. */
  async reserve(estimate: number): Promise<Reservation | undefined> {
    const { day, month } = await this.state();
    const isLeft = [day, month].every((spending) => spending === undefined || spending.spent + this.inFlight < spending.limit);
    return isLeft ? this.hold(estimate) : undefined;
  }

  private hold(estimate: number): Reservation {
    this.inFlight += estimate;
    let isOpen = true;
    const close = (cost: number): void => {
      if (!isOpen) return;
      isOpen = false;
      this.inFlight -= estimate;
      this.settled += cost;
    };
    return { settle: close, release: () => close(0) };
  }

  private async lookAt(now: number): Promise<Look> {
    const day = dayOf(now);
    if (this.look !== undefined && this.look.day === day && now - this.look.at < FRESH_MS) return this.look;
    this.looking ??= this.read(now, day).finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async read(at: number, day: string): Promise<Look> {
    const { settled } = this;
    const sums = await this.options.ledger.sums(`${day.slice(0, 7)}-01`, day);
    const month = total(sums);
    const today = total(sums.filter((sum) => sum.day === day));
    this.look = { at, day, spentToday: today.cost, spentThisMonth: month.cost, unpriced: month.unpriced, settled };
    return this.look;
  }
}

function kindOf(spendings: readonly (Spending | undefined)[]): BudgetState['kind'] {
  const limited = spendings.filter((spending) => spending !== undefined);
  if (limited.some(({ spent, limit }) => spent >= limit)) return 'spent';
  return limited.some(({ spent, limit }) => spent >= WARNED_FROM * limit) ? 'warned' : 'open';
}
