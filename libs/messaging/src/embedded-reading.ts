import { setImmediate as nextTurn } from 'node:timers/promises';
import { type LogRecord, type ReadOptions } from './broker.js';
import { EmbeddedCursor } from './embedded-cursor.js';
import { type EmbeddedLog, type LogTopic } from './embedded-log.js';
import { Wakeups } from './wakeups.js';

const CHUNK = 64;

/** Reads a topic without a group. */
export class EmbeddedReading {
  readonly topics: ReadonlySet<string>;
  private readonly cursors: EmbeddedCursor[] = [];
  private readonly wakeups = new Wakeups();

  constructor(
    private readonly log: EmbeddedLog,
    private readonly topic: LogTopic,
    private readonly options: ReadOptions,
  ) {
    this.topics = new Set([topic.name]);
    this.followPartitions();
  }

  wake(): void {
    this.wakeups.wake();
  }

  async *records(): AsyncIterable<LogRecord> {
    const { untilIdle, signal } = this.options;
    for (let newest = performance.now(); !signal?.aborted; ) {
      for (const cursor of this.cursors) {
        for (let chunk = this.next(cursor); chunk.length > 0; chunk = this.next(cursor)) {
          for (const record of chunk) {
            if (signal?.aborted) return;
            yield record;
          }
          newest = performance.now();
          await nextTurn();
        }
      }
      const left = untilIdle - (performance.now() - newest);
      if (untilIdle === 0 || left <= 0) return;
      if (this.atEnd()) await this.wakeups.next({ signal, ms: left });
      this.followPartitions();
    }
  }

  private next(cursor: EmbeddedCursor): LogRecord[] {
    const chunk: LogRecord[] = [];
    cursor.take(CHUNK, chunk);
    return chunk;
  }

  private atEnd(): boolean {
    return this.cursors.every((cursor) => cursor.atEnd);
  }

  /** Partitions may be added while it reads on. */
  private followPartitions(): void {
    const { from = [], untilIdle } = this.options;
    for (const source of this.topic.partitions.slice(this.cursors.length)) {
      const start = from.find(({ topic, partition }) => topic === source.topic && partition === source.partition)?.offset ?? 0;
      this.cursors.push(new EmbeddedCursor(this.log, source, start, untilIdle === 0 ? source.end : Infinity));
    }
  }
}
