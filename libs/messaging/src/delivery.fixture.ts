import { setTimeout as pause } from 'node:timers/promises';
import { defineEvent, type Event, type EventContract } from '@math-labeler/contracts';
import { z } from 'zod';
import { type Broker } from './broker.js';
import { Delivery, DELIVERY_DEFAULTS, type DeliveryContext, type DeliveryOptions } from './delivery.js';
import { encode } from './event-codec.js';
import { type MemoryBroker } from './memory-broker.fixture.js';

export interface Job {
  readonly key: string;
  readonly number: number;
}

const schema = z.object({ key: z.string(), number: z.number() });

export const JobGiven = defineEvent<Job>({ type: 'job.given.v1', description: 'Given.', schema, key: ({ key }) => key, examples: [], consumers: [] });
export const JobDone = defineEvent<Job>({ type: 'job.done.v1', description: 'Done.', schema, key: ({ key }) => key, examples: [], consumers: [] });

export const TOPIC = JobGiven.topic.name;
export const GROUP = 'worker';

/** What an observer heard, as one line each. */
export interface Heard {
  readonly finished: string[];
  readonly retrying: string[];
  readonly waits: number[];
  readonly died: string[];
  readonly brokerFailed: string[];
}

export interface Running {
  readonly delivery: Delivery;
  readonly heard: Heard;
  readonly failures: Error[];
}

type JobHandler = (event: Event<Job>, context: DeliveryContext) => Promise<readonly ReturnType<typeof JobDone.from>[]>;

/** A handler that does nothing but tell that the job is done. */
export const finish: JobHandler = async (event) => [JobDone.from(event, event.data)];

/** Starts a delivery of jobs with quick backoff; every option can be set otherwise. */
export async function startDelivery(broker: Broker, handle: JobHandler, options: Partial<DeliveryOptions> = {}): Promise<Running> {
  const heard: Heard = { finished: [], retrying: [], waits: [], died: [], brokerFailed: [] };
  const failures: Error[] = [];
  const delivery = new Delivery(broker, [{ contract: JobGiven as EventContract, handle: handle as never }], {
    ...DELIVERY_DEFAULTS,
    service: GROUP,
    backoff: { firstMs: 2, longestMs: 8 },
    clock: Date.now,
    observer: {
      finished: ({ key, offset }, { outcome, tries }) => void heard.finished.push(`${key} ${offset} ${outcome} ${tries}`),
      retrying: ({ offset }, { tries, waitMs }) => {
        heard.retrying.push(`${offset} ${tries}`);
        heard.waits.push(waitMs);
      },
      died: ({ offset }, { code, tries }) => void heard.died.push(`${offset} ${code} ${tries}`),
      brokerFailed: (doing, error) => void heard.brokerFailed.push(`${doing}: ${(error as Error).message}`),
    },
    ...options,
  });
  await delivery.start((error) => failures.push(error));
  return { delivery, heard, failures };
}

/** Publishes a job for each key, numbered in order. */
export async function give(broker: Broker, ...keys: readonly string[]): Promise<void> {
  await broker.publish(keys.map((key, number) => encode(JobGiven.first(`${key}-${number}`, { key, number }), 'test', 0)));
}

export function jobsIn(broker: MemoryBroker, topic: string): Job[] {
  return broker.all(topic).map(({ value }) => JSON.parse(Buffer.from(value).toString()) as Job);
}

export function committed(broker: MemoryBroker): number {
  return broker.offsetOf(GROUP, { topic: TOPIC, partition: 0 });
}

/** Waits for a condition, at most five seconds. */
export async function until(condition: () => boolean, what = condition.toString()): Promise<void> {
  for (const last = performance.now() + 20_000; !condition(); ) {
    if (performance.now() > last) throw new Error(`never came true: ${what}`);
    await pause(1);
  }
}

/** A promise that a test resolves by hand. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
