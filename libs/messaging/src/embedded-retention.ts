import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, type Statement } from '@math-labeler/storage';
import { type Clock } from './clock.js';
import { type EmbeddedLog, type LogPartition } from './embedded-log.js';
import { type EmbeddedOffsets } from './embedded-offsets.js';
import { OFFSETS } from './embedded-schema.js';
import { type EmbeddedWriter } from './embedded-writer.js';

/** Records that one turn of the event loop may look at, and pages that it may give back: a few ms of work. */
const RECORDS = 500;
const PAGES = 256;
/** Free pages that are kept for what comes next. */
const SPARE_PAGES = 1024;
const HOUR = 3_600_000;

/** Of the oldest records of a partition; `young` is the first one to be kept. */
interface Bounds {
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly young: number | null;
}

/** Deletes what its topic need not keep any longer, oldest first, in small steps; never what a group that reads the topic has not finished. */
export class EmbeddedRetention {
  private readonly statements: Record<'expired' | 'delete' | 'keepNext' | 'free', Statement>;

  constructor(
    private readonly database: Database,
    private readonly log: EmbeddedLog,
    private readonly offsets: EmbeddedOffsets,
    private readonly writer: EmbeddedWriter,
    private readonly clock: Clock,
  ) {
    this.statements = {
      expired: database.prepare(`
        SELECT min(position) AS oldest, max(position) AS newest, min(iif(timestamp < ?, NULL, position)) AS young
        FROM (SELECT position, timestamp FROM log_records WHERE position >= ? AND position < ? ORDER BY position LIMIT ${RECORDS})`),
      delete: database.prepare('DELETE FROM log_records WHERE position >= ? AND position <= ?'),
      keepNext: database.prepare('UPDATE log_partitions SET next = ? WHERE id = ?'),
      free: database.prepare('PRAGMA freelist_count'),
    };
  }

  /** Gives how many records were deleted. */
  async sweep(signal: AbortSignal): Promise<number> {
    let count = 0;
    const groups = this.offsets.groups();
    for (const { name, retentionHours, partitions } of this.log.topics) {
      const readers = groups.filter(({ topic }) => topic === name).map(({ group }) => group);
      const before = this.clock() - retentionHours * HOUR;
      for (const partition of partitions) count += await this.sweepPartition(partition, readers, before, signal);
    }
    await this.giveBack(signal);
    return count;
  }

  private async sweepPartition(partition: LogPartition, readers: readonly string[], before: number, signal: AbortSignal): Promise<number> {
    let count = 0;
    while (!signal.aborted) {
      const deleted = await this.writer.write(() => this.deleteSome(partition, readers, before));
      count += deleted;
      if (deleted < RECORDS) break;
    }
    return count;
  }

  private deleteSome(partition: LogPartition, readers: readonly string[], before: number): number {
    const first = partition.id * OFFSETS;
    const finished = Math.min(partition.end, ...readers.map((group) => this.offsets.get(group, partition) ?? 0));
    const { oldest, newest, young } = this.statements.expired.get(before, first, first + finished) as Bounds;
    if (oldest === null || oldest === young) return 0;
    this.statements.keepNext.run(partition.end, partition.id);
    partition.tail = [];
    return this.statements.delete.run(oldest, young === null ? newest : young - 1).changes;
  }

  private async giveBack(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { freelist_count } = this.statements.free.get() as { readonly freelist_count: number };
      if (freelist_count <= SPARE_PAGES) return;
      this.database.exec(`PRAGMA incremental_vacuum(${PAGES})`);
      await nextTurn();
    }
  }
}
