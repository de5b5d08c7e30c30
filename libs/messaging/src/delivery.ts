import { setTimeout as pause } from 'node:timers/promises';
import { type Event, type EventContract, type NewEvent } from '@math-labeler/contracts';
import { type Backoff, waitAfter } from './backoff.js';
import { type Broker, type LogRecord, type NewRecord, type Partition, type Position, type Subscription } from './broker.js';
import { type Clock } from './clock.js';
import { deadLetterOf } from './dead-letter.js';
import { type DeliveryObserver } from './delivery-observer.js';
import { decode, encode } from './event-codec.js';
import { Lanes } from './lanes.js';
import { done, type Outcome, outcomeOf } from './outcome.js';
import { Watermark } from './watermark.js';

/** What a handler may know beside its event. */
export interface DeliveryContext {
  /** Aborts at the handler's deadline. */
  readonly signal: AbortSignal;
  /** 1 for the first try. */
  readonly tries: number;
}

/** A function from one event to a list of events; it may write its own service's store, by upsert, and never publishes. */
export type Handler<Data = never> = (event: Event<Data>, context: DeliveryContext) => Promise<readonly NewEvent[]>;

/** A contract with the one who acts on it. */
export interface Consumer {
  readonly contract: EventContract;
  readonly handle: Handler;
}

export interface DeliveryOptions {
  /** Name of the consumer group, and of the source of what is published. */
  readonly service: string;
  /** Events that are handled side by side. */
  readonly maxInFlight: number;
  /** Events that may be held, in work or waiting for one of their key. */
  readonly maxHeld: number;
  readonly maxTries: number;
  readonly backoff: Backoff;
  /** The longest that one try may take, in ms. */
  readonly deadlineMs: number;
  /** Records that a partition may run ahead of its oldest unfinished one. */
  readonly maxAhead: number;
  readonly clock: Clock;
  readonly observer: DeliveryObserver;
}

export const DELIVERY_DEFAULTS = {
  maxInFlight: 64,
  maxHeld: 512,
  maxTries: 5,
  backoff: { firstMs: 200, longestMs: 10_000 },
  deadlineMs: 60_000,
  maxAhead: 20_000,
} as const;

/** How a delivery is doing. */
export interface DeliveryHealth {
  readonly held: number;
  readonly active: number;
  /** ms since anything was finished or taken, while something is waiting; 0 when there is nothing to do. */
  readonly stalledMs: number;
  /** Tries that their deadline has ended within the last minute. */
  readonly overdue: number;
  /** Set when the subscription has failed for good. */
  readonly failed?: Error;
}

const COMMIT_EVERY_MS = 50;
const MINUTE = 60_000;
const NO_WORK: readonly NewEvent[] = [];

/** One partition as long as it is the member's own. */
interface Hold extends Partition {
  readonly watermark: Watermark;
  paused: boolean;
}

interface Item {
  readonly record: LogRecord;
  readonly hold: Hold;
  tries: number;
}

/**
 * Brings the records of a group's topics to their handlers: decode → validate → handle → publish → settle. Events of one key keep their
 * order; the committed offset never passes an unfinished one.
 */
export class Delivery {
  private readonly consumers: ReadonlyMap<string, Consumer>;
  private readonly lanes: Lanes<Item>;
  private readonly holds = new Map<string, Hold>();
  private readonly toCommit = new Map<string, Position>();
  private readonly stopping = new AbortController();
  private subscription?: Subscription;
  private loop?: Promise<void>;
  private commits?: NodeJS.Timeout;
  private roomMade?: () => void;
  private movedAt: number;
  private overdueAt: number[] = [];
  private failure?: Error;

  constructor(
    private readonly broker: Broker,
    consumers: readonly Consumer[],
    private readonly options: DeliveryOptions,
  ) {
    this.consumers = new Map(consumers.map((consumer) => [consumer.contract.topic.name, consumer]));
    this.lanes = new Lanes(options.maxInFlight, (item) => this.work(item));
    this.movedAt = options.clock();
  }

  /** @param onFailed hears when reading fails for good */
  async start(onFailed: (error: Error) => void): Promise<void> {
    const subscription = await this.broker.subscribe(this.options.service, [...this.consumers.keys()]);
    this.subscription = subscription;
    subscription.onRevoked((partitions) => partitions.forEach((partition) => this.holds.delete(nameOf(partition))));
    subscription.onFailed((error) => onFailed((this.failure = error)));
    this.commits = setInterval(() => void this.commit(), COMMIT_EVERY_MS);
    this.loop = this.run(subscription);
    this.loop.catch((error: Error) => onFailed((this.failure = error)));
  }

  /** Takes no more, finishes what is being worked on, and commits. Gives how many events the deadline (ms) left unfinished: they come again. */
  async drain(deadlineMs: number): Promise<number> {
    const last = this.options.clock() + deadlineMs;
    this.stopping.abort();
    this.roomMade?.();
    await this.loop?.catch(() => {});
    while (this.lanes.active > 0 && this.options.clock() < last) await pause(5);
    const unfinished = this.lanes.active;
    this.lanes.clear();
    clearInterval(this.commits);
    await this.commit();
    await this.subscription?.close();
    return unfinished;
  }

  get health(): DeliveryHealth {
    const now = this.options.clock();
    this.overdueAt = this.overdueAt.filter((at) => at > now - MINUTE);
    return {
      held: this.lanes.size,
      active: this.lanes.active,
      stalledMs: this.lanes.size === 0 ? 0 : now - this.movedAt,
      overdue: this.overdueAt.length,
      ...(this.failure === undefined ? {} : { failed: this.failure }),
    };
  }

  private async run(subscription: Subscription): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const room = this.options.maxHeld - this.lanes.size;
      if (room <= 0) {
        await new Promise<void>((resolve) => (this.roomMade = resolve));
        continue;
      }
      const records = await subscription.take(room, signal);
      if (signal.aborted) return;
      if (records.length > 0) this.movedAt = this.options.clock();
      for (const record of records) this.accept(record);
    }
  }

  private accept(record: LogRecord): void {
    const name = nameOf(record);
    let hold = this.holds.get(name);
    if (hold === undefined) this.holds.set(name, (hold = { topic: record.topic, partition: record.partition, watermark: new Watermark(), paused: false }));
    hold.watermark.begin(record.offset);
    if (!hold.paused && hold.watermark.width >= this.options.maxAhead) {
      hold.paused = true;
      this.subscription?.pause([hold]);
    }
    this.lanes.add(record.key === undefined ? `${name} ${record.offset}` : `${record.topic} ${record.key}`, { record, hold, tries: 0 });
  }

  /** One try; gives the wait before the next, or undefined when the event is finished. */
  private async work(item: Item): Promise<number | undefined> {
    const { record, hold } = item;
    const { observer, clock } = this.options;
    if (this.holds.get(nameOf(hold)) !== hold) return this.settled(); // Its partition is another member's now.
    item.tries++;
    const started = performance.now();
    const outcome = await this.attempt(record, item.tries);
    const seconds = (performance.now() - started) / 1000;
    if (outcome.kind === 'retry' && item.tries < this.options.maxTries) {
      const waitMs = Math.max(waitAfter(item.tries, this.options.backoff, Math.random()), outcome.afterMs ?? 0);
      observer.retrying(record, { tries: item.tries, reason: outcome.reason, waitMs });
      return waitMs;
    }
    if (outcome.kind === 'dead' || outcome.kind === 'retry') await this.bury(record, outcome, item.tries);
    observer.finished(record, { outcome: outcome.kind === 'done' ? 'done' : 'dead', tries: item.tries, seconds, age: (clock() - record.timestamp) / 1000 });
    this.settle(item);
    return this.settled();
  }

  /** Decodes, handles and publishes. */
  private async attempt(record: LogRecord, tries: number): Promise<Outcome> {
    let outcome: Outcome;
    let records: NewRecord[] = [];
    try {
      const { contract, handle } = this.consumers.get(record.topic)!;
      const event = decode(record, contract);
      outcome = await this.handleInTime(handle, event, tries);
      if (outcome.kind === 'done') records = outcome.events.map((told) => encode(told, this.options.service, this.options.clock()));
    } catch (error) {
      outcome = outcomeOf(error);
    }
    if (outcome.kind === 'done' && records.length > 0) await this.publish(records);
    return outcome;
  }

  private async handleInTime(handle: Handler, event: Event, tries: number): Promise<Outcome> {
    const { deadlineMs, clock } = this.options;
    const aborting = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => {
        this.overdueAt.push(clock());
        aborting.abort();
        resolve({ kind: 'retry', reason: `not finished within its deadline of ${deadlineMs} ms` });
      }, deadlineMs);
    });
    try {
      const handled = handle(event as Event<never>, { signal: aborting.signal, tries }).then((events) => done(events ?? NO_WORK), outcomeOf);
      return await Promise.race([handled, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async bury(record: LogRecord, outcome: Exclude<Outcome, { kind: 'done' }>, tries: number): Promise<void> {
    const { service, clock, observer } = this.options;
    const { code, stack } = outcome.kind === 'dead' ? outcome : { code: 'DELIVERY.TRIES_EXHAUSTED', stack: undefined };
    const failure = { service, code, reason: outcome.reason, stack, tries, at: clock() };
    await this.publish([deadLetterOf(record, failure)]);
    observer.died(record, failure);
  }

  /** That the log cannot be written is not the event's fault: it is tried until it can, or until the process ends and the event comes again. */
  private async publish(records: readonly NewRecord[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.broker.publish(records);
      } catch (error) {
        this.options.observer.brokerFailed('publish', error);
        await pause(waitAfter(tries, this.options.backoff, Math.random()), undefined, { ref: false });
      }
    }
  }

  private settle({ record: { topic, partition, offset }, hold }: Item): void {
    const lowest = hold.watermark.finish(offset);
    const name = nameOf(hold);
    if (lowest === undefined || this.holds.get(name) !== hold) return;
    this.toCommit.set(name, { topic, partition, offset: lowest });
    if (hold.paused && hold.watermark.width < this.options.maxAhead / 2) {
      hold.paused = false;
      this.subscription?.resume([hold]);
    }
  }

  private settled(): undefined {
    this.movedAt = this.options.clock();
    // The lane gives the place back only after this has returned.
    if (this.roomMade !== undefined) setImmediate(this.roomMade);
    this.roomMade = undefined;
  }

  private async commit(): Promise<void> {
    if (this.toCommit.size === 0) return;
    const positions = [...this.toCommit.values()];
    this.toCommit.clear();
    try {
      await this.subscription?.commit(positions);
    } catch (error) {
      this.options.observer.brokerFailed('commit', error);
      for (const position of positions) if (!this.toCommit.has(nameOf(position))) this.toCommit.set(nameOf(position), position);
    }
  }
}

function nameOf({ topic, partition }: Partition): string {
  return `${topic} ${partition}`;
}
