import { setTimeout as pause } from 'node:timers/promises';
import { type NewEvent, TransientError } from '@math-labeler/contracts';
import { type Broker } from './broker.js';
import { type Clock } from './clock.js';
import { encode } from './event-codec.js';

/** Whoever sends is not kept waiting longer by a log that hangs, in ms. */
const PATIENCE_MS = 15_000;

/** Tells events from outside a handler: the edge's way into the log. */
export class EventPublisher {
  constructor(
    private readonly broker: Broker,
    private readonly source: string,
    private readonly clock: Clock,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /**
   * Resolves once the log has them all; throws PermanentError, with none of them published, when one is not what its contract says, and TransientError
   * when the log did not say that it has them: told again, they are the same events.
   */
  async publish(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const now = this.clock();
    const records = events.map((event) => encode(event, this.source, now));
    const over = new AbortController();
    const late = pause(this.patienceMs, undefined, { signal: over.signal, ref: false }).then(() => {
      throw new TransientError(`로그가 ${this.patienceMs} ms 안에 답하지 않았습니다 · the log did not answer within ${this.patienceMs} ms`);
    });
    try {
      await Promise.race([this.broker.publish(records), late]);
    } finally {
      over.abort();
      late.catch(() => {});
    }
  }
}
