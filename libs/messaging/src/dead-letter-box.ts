import { type Broker, type LogRecord, type Position } from './broker.js';
import { type DeadLetter, readDeadLetter, revive } from './dead-letter.js';

/** The group whose committed offsets say which dead letters were put back. */
const GROUP = 'dead-letter-redrive';
const BATCH = 100;

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
    const waiting: LogRecord[] = [];
    for await (const record of this.waiting(name)) waiting.push(record);
    if (waiting.length === 0) return 0;
    const subscription = await this.broker.subscribe(GROUP, [name]);
    try {
      for (let first = 0; first < waiting.length; first += BATCH) {
        const batch = waiting.slice(first, first + BATCH);
        await this.broker.publish(batch.map(revive));
        await subscription.commit(batch.map(({ topic, partition, offset }): Position => ({ topic, partition, offset: offset + 1 })));
      }
    } finally {
      await subscription.close();
    }
    return waiting.length;
  }

  private async *waiting(name: string): AsyncIterable<LogRecord> {
    yield* this.broker.read(name, { from: await this.broker.committed(GROUP), untilIdle: 0 });
  }

  private async topicsOf(origin: string | undefined): Promise<string[]> {
    const names = (await this.broker.topics()).map(({ name }) => name);
    return names.filter((name) => name.endsWith('.dlq') && (origin === undefined || name === `${origin}.dlq`)).sort();
  }
}
