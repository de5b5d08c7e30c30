import { PermanentError } from '@math-labeler/contracts';
import { askUntilDone } from './ask-until-done.js';
import { type Broker, type LogRecord, type NewRecord } from './broker.js';
import { deadLetterOf } from './dead-letter.js';
import { type DeliveryOptions } from './delivery.js';
import { type Outcome, outcomeOf } from './outcome.js';

export type Failed = Exclude<Outcome, { kind: 'done' }>;

/** What the handling of an event came to: the records that follow from it, or why there are none. */
export type Attempt = { readonly kind: 'done'; readonly records: readonly NewRecord[] } | Failed;

const isPermanent = (error: unknown): boolean => error instanceof PermanentError;
const never = (): boolean => false;

/** Writes to the log what an event came to: the records that follow from it, or a dead letter. */
export class Conclusion {
  /** @param signal ends the waiting for a log that cannot be written */
  constructor(
    private readonly broker: Broker,
    private readonly options: Pick<DeliveryOptions, 'service' | 'backoff' | 'clock' | 'observer'>,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves once the log has it, with what became of the event; undefined when the signal aborts first. */
  async write(record: LogRecord, attempt: Attempt, tries: number): Promise<'done' | 'dead' | undefined> {
    if (attempt.kind !== 'done') return this.bury(record, attempt, tries);
    if (attempt.records.length === 0) return 'done';
    try {
      return (await this.publish(attempt.records, isPermanent)) ? 'done' : undefined;
    } catch (error) {
      return this.bury(record, outcomeOf(error), tries);
    }
  }

  private async bury(record: LogRecord, failed: Failed, tries: number): Promise<'dead' | undefined> {
    const { service, clock, observer } = this.options;
    const { code, stack } = failed.kind === 'dead' ? failed : { code: 'DELIVERY.TRIES_EXHAUSTED', stack: undefined };
    const failure = { service, code, reason: failed.reason, stack, tries, at: clock() };
    if (!(await this.publish([deadLetterOf(record, failure)], never))) return undefined;
    observer.died(record, failure);
    return 'dead';
  }

  /** That the log cannot be written is not the event's fault: it is tried until it can. */
  private async publish(records: readonly NewRecord[], isFinal: (error: unknown) => boolean): Promise<boolean> {
    const { backoff, observer } = this.options;
    const ask = (): Promise<boolean> => this.broker.publish(records).then(() => true);
    return (await askUntilDone(ask, { backoff, signal: this.signal, isFinal, onFailure: (error) => observer.brokerFailed('publish', error) })) ?? false;
  }
}
