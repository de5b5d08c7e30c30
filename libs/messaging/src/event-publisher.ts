import { type NewEvent } from '@math-labeler/contracts';
import { type Broker } from './broker.js';
import { type Clock } from './clock.js';
import { encode } from './event-codec.js';

/** Tells events from outside a handler: the edge's way into the log. */
export class EventPublisher {
  constructor(
    private readonly broker: Broker,
    private readonly source: string,
    private readonly clock: Clock,
  ) {}

  /** Resolves once the log has them all; throws PermanentError, with none of them published, when one is not what its contract says. */
  async publish(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const now = this.clock();
    await this.broker.publish(events.map((event) => encode(event, this.source, now)));
  }
}
