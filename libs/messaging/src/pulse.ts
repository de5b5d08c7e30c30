import { type Clock } from './clock.js';
import { type DeliveryHealth } from './delivery.js';

const MINUTE = 60_000;

/** Whether a delivery still moves, and what ended it if it does not. */
export class Pulse {
  private movedAt: number;
  private overdueAt: number[] = [];
  private failure?: Error;

  constructor(private readonly clock: Clock) {
    this.movedAt = clock();
  }

  moved(): void {
    this.movedAt = this.clock();
  }

  overdue(): void {
    this.forget();
    this.overdueAt.push(this.clock());
  }

  /** Gives whether this is the first failure, the one that counts. */
  failed(error: Error): boolean {
    if (this.failure !== undefined) return false;
    this.failure = error;
    return true;
  }

  healthOf({ held, active }: { readonly held: number; readonly active: number }): Omit<DeliveryHealth, 'joined'> {
    this.forget();
    const stalledMs = held === 0 ? 0 : this.clock() - this.movedAt;
    return { held, active, stalledMs, overdue: this.overdueAt.length, ...(this.failure === undefined ? {} : { failed: this.failure }) };
  }

  private forget(): void {
    const now = this.clock();
    this.overdueAt = this.overdueAt.filter((at) => at > now - MINUTE);
  }
}
