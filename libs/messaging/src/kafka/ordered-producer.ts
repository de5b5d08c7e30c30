import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Message, type Producer } from 'kafkajs';
import { PermanentError, TransientError } from '@math-labeler/contracts';
import { within } from '../waiting.js';
import { type KafkaClient } from './kafka-client.js';
import { asBrokerError, isTooLarge } from './kafka-errors.js';

/** Messages of one partition that are published together. */
export interface Parcel {
  readonly messages: readonly Message[];
  readonly bytes: number;
}

interface Waiting extends Parcel {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What waits for one partition. */
interface Line {
  readonly topic: string;
  readonly partition: number;
  readonly waiting: Waiting[];
  sending?: Promise<void>;
}

/** A client, for as long as no send of it has failed. */
interface Live {
  readonly client: Promise<Producer>;
  users: number;
  retired: boolean;
}

const MOST_MESSAGES = 500;
/** Beneath the 1 MiB that a cluster takes by default. */
const MOST_BYTES = 900_000;
/** More than this at once would break the connection, and so come again for ever. */
const LARGEST_BYTES = 64 * 1024 * 1024;
/** What may wait in all. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
const SEND_MS = 10_000;
const LEAVING_MS = 5000;

/**
 * kafkajs loses acknowledged messages: of one send over several partitions, when a broker dies with its part in flight; of two sends at once for one
 * partition, or of the one after a failed send, as an idempotent producer; and when it does not know a partition yet. So every send is of one
 * partition, one send at a time is under way for a partition, a client that has failed is replaced, and what is not in the answer is not sent.
 */
export class OrderedProducer {
  private readonly lines = new Map<string, Line>();
  private readonly all = new Set<Live>();
  private live?: Live;
  private bytes = 0;
  private closed = false;

  constructor(private readonly client: KafkaClient) {}

  /** Resolves once the partition has them, safe on as many brokers as the topic asks for; after a TransientError it may have them all the same. */
  send(topic: string, partition: number, { messages, bytes }: Parcel): Promise<void> {
    if (this.closed) return Promise.reject(new TransientError('the broker is closed'));
    if (bytes > LARGEST_BYTES) return Promise.reject(tooLarge(topic));
    if (this.bytes > 0 && this.bytes + bytes > MOST_WAITING_BYTES) return Promise.reject(new TransientError(`${this.bytes} bytes already wait for Kafka`));
    const line = this.lineOf(topic, partition);
    this.bytes += bytes;
    return new Promise<void>((resolve, reject) => {
      line.waiting.push({ messages, bytes, resolve, reject });
      line.sending ??= this.drain(line);
    }).finally(() => (this.bytes -= bytes));
  }

  async close(): Promise<void> {
    this.closed = true;
    await within(LEAVING_MS, Promise.all([...this.lines.values()].map(({ sending }) => sending)));
    await within(LEAVING_MS, Promise.all([...this.all].map((live) => leave(live))));
  }

  private lineOf(topic: string, partition: number): Line {
    const name = `${topic} ${partition}`;
    let line = this.lines.get(name);
    if (line === undefined) this.lines.set(name, (line = { topic, partition, waiting: [] }));
    return line;
  }

  private async drain(line: Line): Promise<void> {
    // What is published in one turn of the event loop goes together.
    await nextTurn();
    while (line.waiting.length > 0) await this.sendParcels(line, nextParcels(line.waiting));
    line.sending = undefined;
  }

  private async sendParcels(line: Line, parcels: readonly Waiting[]): Promise<void> {
    try {
      await this.sendOnce(line, parcels.flatMap(({ messages }) => messages));
      for (const { resolve } of parcels) resolve();
    } catch (error) {
      if (parcels.length === 1 || !isTooLarge(error)) return reject(parcels, isTooLarge(error) ? tooLarge(line.topic, error) : asBrokerError(error));
      // Nothing of it was taken. One alone is to blame, or none.
      for (const parcel of parcels) await this.sendParcels(line, [parcel]);
    }
  }

  private async sendOnce({ topic, partition }: Line, messages: Message[]): Promise<void> {
    const live = (this.live ??= this.connect());
    live.users++;
    try {
      const producer = await live.client;
      const [answer] = await producer.send({ topic, messages, acks: -1, timeout: SEND_MS });
      if (answer?.partition !== partition || answer.errorCode !== 0) throw new TransientError(`partition ${partition} of ${topic} did not answer`);
    } catch (error) {
      live.retired = true;
      if (this.live === live) this.live = undefined;
      throw error;
    } finally {
      live.users--;
      if (live.retired && live.users === 0) void leave(live).then(() => this.all.delete(live));
    }
  }

  private connect(): Live {
    const producer = this.client.producer();
    const client = producer.connect().then(
      () => producer,
      async (error: unknown) => {
        await producer.disconnect().catch(() => {});
        throw error;
      },
    );
    const live: Live = { client, users: 0, retired: false };
    this.all.add(live);
    return live;
  }
}

/** The next of them that fit into one send, at least one. */
function nextParcels(waiting: Waiting[]): Waiting[] {
  let count = 0;
  let messages = 0;
  let bytes = 0;
  do {
    messages += waiting[count].messages.length;
    bytes += waiting[count].bytes;
    count++;
  } while (count < waiting.length && messages + waiting[count].messages.length <= MOST_MESSAGES && bytes + waiting[count].bytes <= MOST_BYTES);
  return waiting.splice(0, count);
}

function reject(parcels: readonly Waiting[], error: Error): void {
  for (const parcel of parcels) parcel.reject(error);
}

function tooLarge(topic: string, cause?: unknown): PermanentError {
  return new PermanentError('BROKER.TOO_LARGE', `larger than ${topic} takes · ${topic}이(가) 받는 것보다 큽니다`, { cause });
}

async function leave({ client }: Live): Promise<void> {
  await client.then((producer) => producer.disconnect()).catch(() => {});
}

/** Parts of what is published that fit into one send each, in order; a record that fits into none is a part of its own. */
export function parcelsOf(messages: readonly Message[], sizes: readonly number[]): Parcel[] {
  const parcels: { messages: Message[]; bytes: number }[] = [];
  for (const [i, message] of messages.entries()) {
    const last = parcels.at(-1);
    if (last === undefined || last.messages.length >= MOST_MESSAGES || last.bytes + sizes[i] > MOST_BYTES) parcels.push({ messages: [message], bytes: sizes[i] });
    else {
      last.messages.push(message);
      last.bytes += sizes[i];
    }
  }
  return parcels;
}
