import { type Extent, type LogRecord, type Partition, type ReadOptions } from '../broker.js';
import { type KafkaSubscription } from './kafka-subscription.js';

const CHUNK = 500;

/** Reads a topic from where it is told to, alone in a group of its own. */
export class KafkaReading {
  /** The offset of each partition that comes next. */
  private readonly next: number[] = [];

  constructor(
    private readonly extents: readonly Extent[],
    private readonly options: ReadOptions,
  ) {
    const { from = [] } = options;
    for (const { topic, partition, first } of extents) {
      const wanted = from.find((one) => one.topic === topic && one.partition === partition)?.offset;
      this.next[partition] = Math.max(wanted ?? first, first);
    }
  }

  /** Nothing of what is there now is wanted. */
  get isEmpty(): boolean {
    return this.extents.every(({ partition, end }) => this.next[partition] >= end);
  }

  /** Partitions may be added while it reads on. */
  startOf({ partition }: Partition): number {
    return this.next[partition] ?? 0;
  }

  async *records(subscription: KafkaSubscription, signal: AbortSignal): AsyncIterable<LogRecord> {
    const { untilIdle } = this.options;
    for (let newest = performance.now(); !signal.aborted; ) {
      const records = subscription.ready(CHUNK);
      for (const record of records) {
        if (signal.aborted) return;
        this.next[record.partition] = record.offset + 1;
        if (untilIdle > 0 || record.offset < this.extents[record.partition].end) yield record;
      }
      if (records.length > 0) {
        newest = performance.now();
        continue;
      }
      const left = this.hasReachedEnd(subscription) ? untilIdle - (performance.now() - newest) : Infinity;
      if (left <= 0 || subscription.closed) return;
      await subscription.wakeups.next({ signal, ms: left });
    }
  }

  /** What was there when it began is behind it, or holds nothing for a reader. */
  private hasReachedEnd(subscription: KafkaSubscription): boolean {
    for (const { partition, offset } of subscription.reached) this.next[partition] = Math.max(this.next[partition] ?? 0, offset);
    return this.isEmpty;
  }
}
