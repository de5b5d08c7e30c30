import { type LogRecord } from './broker.js';
import { type Failure } from './dead-letter.js';

/** Hears what the delivery does: metrics and logs are made of it. */
export interface DeliveryObserver {
  /** An event is finished. `seconds`: of the last try; `age`: seconds since the record was appended. */
  finished(record: LogRecord, told: { readonly outcome: 'done' | 'dead'; readonly tries: number; readonly seconds: number; readonly age: number }): void;
  /** A try failed and another will follow. */
  retrying(record: LogRecord, told: { readonly tries: number; readonly reason: string; readonly waitMs: number }): void;
  /** A dead letter is in its topic. */
  died(record: LogRecord, failure: Failure): void;
  /** The broker did not do what was asked of it; it is asked again. */
  brokerFailed(doing: 'publish' | 'commit' | 'take', error: unknown): void;
}
