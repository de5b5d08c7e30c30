import { setImmediate as turn } from 'node:timers/promises';
import { type Event, type EventContract, type NewEvent, TransientError } from '@math-labeler/contracts';
import { askUntilDone } from './ask-until-done.js';
import { type Backoff, waitAfter } from './backoff.js';
import { type Broker, type LogRecord, type Subscription } from './broker.js';
import { type Clock } from './clock.js';
import { type Attempt, Conclusion, type Failed } from './conclusion.js';
import { type DeliveryObserver } from './delivery-observer.js';
import { decode, encode } from './event-codec.js';
import { type Hold, Holds } from './holds.js';
import { keepCommitting } from './keep-committing.js';
import { Lanes } from './lanes.js';
import { outcomeOf } from './outcome.js';
import { Pulse } from './pulse.js';
import { Tries } from './tries.js';
import { within } from './waiting.js';

/** What a handler may know beside its event. */
export interface DeliveryContext {
  /** Aborts at the handler's deadline, and when shutting down waits no longer. */
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
  /** No event becomes a dead letter for a passing reason before this long (ms) after its first failure, however many tries that takes. */
  readonly patienceMs: number;
  readonly backoff: Backoff;
  /** The longest that one try may take, in ms. */
  readonly deadlineMs: number;
  /** Records that a partition may run ahead of its oldest unfinished one, before no more of it are asked for. */
  readonly maxAhead: number;
  readonly clock: Clock;
  readonly observer: DeliveryObserver;
}

export const DELIVERY_DEFAULTS = {
  maxInFlight: 64,
  maxHeld: 512,
  maxTries: 5,
  patienceMs: 0,
  backoff: { firstMs: 200, longestMs: 10_000 },
  deadlineMs: 60_000,
  maxAhead: 20_000,
} as const;

/** How a delivery is doing. */
export interface DeliveryHealth {
  /** Its group has dealt it its share of the work. */
  readonly joined: boolean;
  readonly held: number;
  readonly active: number;
  /** ms since anything was finished or taken, while something is waiting; 0 when there is nothing to do. */
  readonly stalledMs: number;
  /** Tries that their deadline has ended within the last minute. */
  readonly overdue: number;
  /** Set when the subscription has failed for good. */
  readonly failed?: Error;
}

/** However long another service asks to be left alone: the offset of a whole partition waits with the event. */
const LONGEST_WAIT_MS = 600_000;
/** The most of a drain's deadline that is kept for committing and leaving the group. */
const LEAVING_MS = 1_000;

interface Item {
  readonly record: LogRecord;
  readonly hold: Hold;
  tries: number;
  /** ms since 1970, once it has failed. */
  failingSince?: number;
}

/**
 * Brings the records of a group's topics to their handlers: decode → validate → handle → publish → settle. Events of one key keep their
 * order; the committed offset never passes an unfinished one.
 */
export class Delivery {
  private readonly consumers: ReadonlyMap<string, Consumer>;
  private readonly lanes: Lanes<Item>;
  private readonly tries: Tries;
  private readonly conclusion: Conclusion;
  private readonly pulse: Pulse;
  /** Takes no more. */
  private readonly stopping = new AbortController();
  /** Waits for nothing any more: what is unfinished now comes again. */
  private readonly ended = new AbortController();
  private subscription?: Subscription;
  private taking?: Promise<void>;
  private committing?: Promise<void>;
  private draining?: Promise<number>;
  private roomMade?: () => void;
  private roomComing = false;
  private holds?: Holds;
  private onFailed: (error: Error) => void = () => {};

  constructor(
    private readonly broker: Broker,
    consumers: readonly Consumer[],
    private readonly options: DeliveryOptions,
  ) {
    this.consumers = new Map(consumers.map((consumer) => [consumer.contract.topic.name, consumer]));
    this.lanes = new Lanes(options.maxInFlight, (item) => this.work(item));
    this.pulse = new Pulse(options.clock);
    this.tries = new Tries(options.deadlineMs, () => this.pulse.overdue());
    this.conclusion = new Conclusion(broker, options, this.ended.signal);
  }

  /** @param onFailed hears once when the delivery cannot go on: the process should end and be started again */
  async start(onFailed: (error: Error) => void): Promise<void> {
    this.onFailed = onFailed;
    const subscription = await this.broker.subscribe(this.options.service, [...this.consumers.keys()]);
    if (this.stopping.signal.aborted) return subscription.close();
    this.subscription = subscription;
    subscription.onFailed((error) => this.fail(error));
    const holds = (this.holds = new Holds(subscription, this.options.maxAhead));
    this.committing = keepCommitting(holds, this.options, this.ended.signal).catch((error: Error) => this.fail(error));
    this.taking = this.keepTaking(subscription, holds).catch((error: Error) => this.fail(error));
  }

  /**
   * Takes no more, finishes what is being worked on, commits, and leaves the group. Gives how many events the deadline (ms) cut off; they come
   * again, as do those whose turn had not come.
   */
  drain(deadlineMs: number): Promise<number> {
    return (this.draining ??= this.stop(deadlineMs));
  }

  get health(): DeliveryHealth {
    return { joined: this.subscription?.hasJoined ?? false, ...this.pulse.healthOf({ held: this.lanes.size, active: this.lanes.active }) };
  }

  private async stop(deadlineMs: number): Promise<number> {
    const leavingMs = Math.min(LEAVING_MS, deadlineMs / 4);
    this.takeNoMore();
    await within(deadlineMs - leavingMs * 2, this.lanes.idle());
    const unfinished = this.lanes.active;
    this.ended.abort();
    this.tries.endAll();
    await within(leavingMs, Promise.all([this.taking, this.committing]));
    await within(leavingMs, this.subscription?.close());
    return unfinished;
  }

  private async keepTaking(subscription: Subscription, holds: Holds): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const room = this.options.maxHeld - this.lanes.size;
      if (room <= 0) {
        await new Promise<void>((resolve) => (this.roomMade = resolve));
        continue;
      }
      const records = await this.take(subscription, room);
      if (signal.aborted) return;
      this.pulse.moved();
      for (const record of records) this.accept(record, holds.begin(record));
      // Handlers that wait for nothing would otherwise keep timers and requests from their turn.
      await turn();
    }
  }

  private async take(subscription: Subscription, limit: number): Promise<readonly LogRecord[]> {
    const { signal } = this.stopping;
    const { backoff, observer } = this.options;
    const take = (): Promise<readonly LogRecord[]> => subscription.take(limit, signal);
    const records = (await askUntilDone(take, { backoff, signal, isFinal: isNotTransient, onFailure: (error) => observer.brokerFailed('take', error) })) ?? [];
    if (records.length === 0 && !signal.aborted) throw new Error('the subscription was closed from outside');
    return records;
  }

  private accept(record: LogRecord, hold: Hold): void {
    const { topic, partition, offset, key } = record;
    this.lanes.add(key === undefined ? `${topic} ${partition} ${offset}` : `${topic} ${key}`, { record, hold, tries: 0 });
  }

  /** One try; gives the wait before the next, or undefined when there is nothing more to do for the event. */
  private async work(item: Item): Promise<number | undefined> {
    try {
      if (item.hold.lost) return undefined;
      const started = performance.now();
      const attempt = await this.attempt(item.record, ++item.tries);
      // What another member has now is its own to publish and to settle.
      if (item.hold.lost) return undefined;
      if (attempt.kind === 'retry' && this.mayTryAgain(item)) return this.waitBefore(item, attempt);
      const outcome = await this.conclusion.write(item.record, attempt, item.tries);
      if (outcome !== undefined) this.settle(item, outcome, (performance.now() - started) / 1000);
    } catch (error) {
      // A fault of the delivery itself or of its observer. The event stays unfinished, so nothing is lost by ending here.
      this.fail(error as Error);
    } finally {
      this.makeRoom();
    }
    return undefined;
  }

  /** Decodes and handles. */
  private async attempt(record: LogRecord, tries: number): Promise<Attempt> {
    try {
      const { contract, handle } = this.consumers.get(record.topic)!;
      const outcome = await this.tries.run(handle, decode(record, contract), tries);
      if (outcome.kind !== 'done') return outcome;
      const now = this.options.clock();
      return { kind: 'done', records: outcome.events.map((told) => encode(told, this.options.service, now)) };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  private mayTryAgain(item: Item): boolean {
    const { clock, maxTries, patienceMs } = this.options;
    item.failingSince ??= clock();
    return item.tries < maxTries || clock() - item.failingSince < patienceMs;
  }

  private waitBefore({ record, tries }: Item, { reason, afterMs }: Extract<Failed, { kind: 'retry' }>): number | undefined {
    if (this.stopping.signal.aborted) return undefined;
    const waitMs = Math.min(Math.max(waitAfter(tries, this.options.backoff, Math.random()), afterMs || 0), LONGEST_WAIT_MS);
    this.options.observer.retrying(record, { tries, reason, waitMs });
    return waitMs;
  }

  private settle({ record, hold, tries }: Item, outcome: 'done' | 'dead', seconds: number): void {
    if (hold.lost) return;
    const age = (this.options.clock() - record.timestamp) / 1000;
    this.options.observer.finished(record, { outcome, tries, seconds, age });
    this.holds!.finish(hold, record.offset);
    this.pulse.moved();
  }

  /** Wakes the taking once all that end in this turn of the event loop have given their places back. */
  private makeRoom(): void {
    if (this.roomComing) return;
    this.roomComing = true;
    setImmediate(() => {
      this.roomComing = false;
      this.roomMade?.();
    });
  }

  /** Forgets what has not begun, too: an event that is left for later must not be overtaken by one of its key. */
  private takeNoMore(): void {
    this.stopping.abort();
    this.lanes.clear();
    this.roomMade?.();
  }

  private fail(error: Error): void {
    if (!this.pulse.failed(error)) return;
    this.takeNoMore();
    this.onFailed(error);
  }
}

const isNotTransient = (error: unknown): boolean => !(error instanceof TransientError);
