import { type TopicSettings } from '@math-labeler/contracts';
import { type Database, type Statement } from '@math-labeler/storage';
import { type LogRecord, type NewRecord, type Partition } from './broker.js';
import { type Clock } from './clock.js';
import { OFFSETS } from './embedded-schema.js';
import { partitionOf } from './partitioner.js';

export interface LogPartition extends Partition {
  readonly id: number;
  /** The offset that the next record will get. */
  end: number;
  /** The last records before the end, as this process appended them: whoever reads along need not ask the file. */
  tail: LogRecord[];
}

export interface LogTopic {
  readonly name: string;
  retentionHours: number;
  readonly partitions: LogPartition[];
}

interface PartitionRow {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
  readonly next: number;
  readonly last: number | null;
  readonly retention: number;
}

/** Records of a partition that are kept in memory; groups that follow closely are no further behind. */
const TAIL = 12;

type RecordRow = readonly [position: number, timestamp: number, head: string, value: Uint8Array];
type Head = readonly [key: string | null, headers: LogRecord['headers']];

/** The topics and their records in the file; what is known of them in memory follows what any process has committed. */
export class EmbeddedLog {
  private readonly byName = new Map<string, LogTopic>();
  private grown = new Set<LogTopic>();
  private version = -1;
  private keyless = 0;
  private readonly statements: Record<'version' | 'load' | 'topic' | 'partition' | 'append' | 'read' | 'earliest', Statement>;

  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    this.statements = {
      version: database.prepare('PRAGMA data_version'),
      load: database.prepare(`
        SELECT p.id, p.topic, p.partition, p.next, t.retention_hours AS retention,
          (SELECT max(position) FROM log_records WHERE position >= p.id * ${OFFSETS} AND position < (p.id + 1) * ${OFFSETS}) AS last
        FROM log_partitions p JOIN log_topics t USING (topic) ORDER BY p.topic, p.partition`),
      topic: database.prepare('INSERT INTO log_topics VALUES (?, ?) ON CONFLICT DO UPDATE SET retention_hours = excluded.retention_hours'),
      partition: database.prepare('INSERT INTO log_partitions (topic, partition) VALUES (?, ?) ON CONFLICT DO NOTHING'),
      append: database.prepare('INSERT INTO log_records VALUES (?, ?, ?, ?)'),
      read: database.prepare('SELECT position, timestamp, head, value FROM log_records WHERE position >= ? AND position < ? ORDER BY position LIMIT ?'),
      earliest: database.prepare('SELECT min(position) AS position FROM log_records WHERE position >= ? AND position < ?'),
    };
    this.statements.read.setReturnArrays(true);
    this.refresh();
  }

  get topics(): readonly LogTopic[] {
    return [...this.byName.values()];
  }

  topic(name: string): LogTopic | undefined {
    return this.byName.get(name);
  }

  /** Looks whether another process has written, and takes over what it did; says whether. */
  refresh(): boolean {
    const { data_version } = this.statements.version.get() as { readonly data_version: number };
    if (data_version === this.version) return false;
    this.load();
    this.version = data_version;
    return true;
  }

  /** What was appended is not in the file. Until its ends are known again, nobody reads beyond them. */
  undone(): void {
    this.version = -1;
    for (const { partitions } of this.byName.values()) for (const partition of partitions) forget(partition, 0);
    this.refresh();
  }

  /** Reads topics and ends from the file. */
  load(): void {
    for (const { id, topic, partition, next, last, retention } of this.statements.load.all() as PartitionRow[]) {
      let known = this.byName.get(topic);
      if (known === undefined) this.byName.set(topic, (known = { name: topic, retentionHours: retention, partitions: [] }));
      known.retentionHours = retention;
      const end = Math.max(next, last === null ? 0 : last - id * OFFSETS + 1);
      if (partition === known.partitions.length) known.partitions.push({ id, topic, partition, end, tail: [] });
      else if (known.partitions[partition].end !== end) forget(known.partitions[partition], end);
    }
  }

  /** Within a transaction; after it `load` makes them known. */
  create(topics: readonly TopicSettings[]): void {
    for (const { name, partitions, retentionHours } of topics) {
      this.statements.topic.run(name, retentionHours);
      for (let partition = 0; partition < partitions; partition++) this.statements.partition.run(name, partition);
    }
  }

  /** Within a transaction. */
  append(records: readonly NewRecord[]): void {
    const timestamp = this.clock();
    for (const record of records) {
      const { topic: name, key, headers, value } = record;
      const topic = this.byName.get(name)!;
      const { partitions } = topic;
      const partition = partitions[key === undefined ? this.keyless++ % partitions.length : partitionOf(key, partitions.length)];
      this.statements.append.run(partition.id * OFFSETS + partition.end, timestamp, JSON.stringify([key ?? null, headers]), value);
      if (partition.tail.length >= 2 * TAIL) partition.tail = partition.tail.slice(TAIL);
      partition.tail.push({ ...record, partition: partition.partition, offset: partition.end, timestamp });
      partition.end++;
      this.grown.add(topic);
    }
  }

  /** The topics that have got records since this was asked last. */
  takeGrown(): ReadonlySet<LogTopic> {
    const { grown } = this;
    if (grown.size > 0) this.grown = new Set();
    return grown;
  }

  /** At most `limit` records from the offset on. */
  read({ id, topic, partition, end, tail }: LogPartition, from: number, limit: number): LogRecord[] {
    if (from >= end - tail.length) return tail.slice(from - end + tail.length, from - end + tail.length + limit);
    const first = id * OFFSETS;
    const rows = this.statements.read.all(first + from, first + OFFSETS, limit) as RecordRow[];
    return rows.map(([position, timestamp, head, value]) => {
      const [key, headers] = JSON.parse(head) as Head;
      return { topic, partition, offset: position - first, timestamp, key: key ?? undefined, headers, value };
    });
  }

  /** The offset of the oldest record that is kept; the end when there is none. */
  earliest({ id, end }: LogPartition): number {
    const { position } = this.statements.earliest.get(id * OFFSETS, (id + 1) * OFFSETS) as { readonly position: number | null };
    return position === null ? end : position - id * OFFSETS;
  }
}

/** Nobody knows what lies before the end but the file. */
function forget(partition: LogPartition, end: number): void {
  partition.end = end;
  partition.tail = [];
}
