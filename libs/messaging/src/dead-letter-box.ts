import { originOf } from '@math-labeler/contracts';
import { type Broker, type LogRecord, type Position, type Subscription } from './broker.js';
import { type DeadLetter, readDeadLetter, revive } from './dead-letter.js';

/** The group whose committed offsets say which dead letters were put back. */
const GROUP = 'dead-letter-redrive';
const BATCH = 100;
/** How long the partitions of one topic are waited for, in case another redrive has some of them. */
const LONGEST_MS = 30_000;

/** What could not be handled, to be looked at and put back once its cause is mended. */
export class DeadLetterBox {
  constructor(private readonly broker: Broker) {}

  /** The dead letters that nobody has put back, oldest first within each topic, at most `limit`; `topic`: the topic they came from. */
  async list({ topic, limit }: { readonly topic?: string; readonly limit: number }): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (const name of await this.topicsOf(topic)) {
      for await (const record of this.waiting(name)) {
        letters.push(readDeadLetter(record));
        if (letters.length === limit) return letters;
      }
    }
    return letters;
  }

  /**
   * Puts what waits back on its own topic and remembers that it did, so that doing it twice changes nothing. A crash in between puts some back
   * twice, under the same ids. Gives how many were put back.
   */
  async redrive({ topic }: { readonly topic?: string } = {}): Promise<number> {
    let count = 0;
    for (const name of await this.topicsOf(topic)) count += await this.redriveTopic(name);
    return count;
  }

  private async redriveTopic(name: string): Promise<number> {
    const last = new Map<number, number>();
    for await (const { partition, offset } of this.waiting(name)) last.set(partition, offset);
    if (last.size === 0) return 0;
    const subscription = await this.broker.subscribe(GROUP, [name]);
    try {
      return await this.putBack(subscription, last);
    } finally {
      await subscription.close();
    }
  }

  /** Up to the offset that was the last of each partition when it began: what dies anew meanwhile is for another time. */
  private async putBack(subscription: Subscription, last: Map<number, number>): Promise<number> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    let count = 0;
    while (last.size > 0) {
      const taken = await subscription.take(BATCH, signal);
      if (taken.length === 0) break;
      const batch = taken.filter(({ partition, offset }) => offset <= (last.get(partition) ?? -1));
      if (batch.length > 0) await this.broker.publish(batch.map(revive));
      await subscription.commit(batch.map(({ topic, partition, offset }): Position => ({ topic, partition, offset: offset + 1 })));
      for (const { partition, offset } of batch) if (offset >= last.get(partition)!) last.delete(partition);
      count += batch.length;
    }
    return count;
  }

  private async *waiting(name: string): AsyncIterable<LogRecord> {
    const from = (await this.broker.committed(GROUP)).filter(({ topic }) => topic === name);
    const stands = new Map(from.map(({ partition, offset }) => [partition, offset]));
    // Most topics hold none that wait, and to read one costs more than to ask.
    if ((await this.broker.extent(name)).every(({ partition, first, end }) => Math.max(stands.get(partition) ?? 0, first) >= end)) return;
    yield* this.broker.read(name, { from, untilIdle: 0 });
  }

  private async topicsOf(origin: string | undefined): Promise<string[]> {
    const names = (await this.broker.topics()).map(({ name }) => name);
    return names.filter((name) => originOf(name) !== undefined && (origin === undefined || originOf(name) === origin)).sort();
  }
}
