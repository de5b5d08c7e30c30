import { setImmediate as nextTurn } from 'node:timers/promises';
import { type TopicSettings } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type Database, GroupCommit, isPassing, migrate } from '@math-labeler/storage';
import { type Broker, type Extent, type Lag, type LogRecord, type NewRecord, type Position, type ReadOptions, type Subscription } from './broker.js';
import { type Clock } from './clock.js';
import { EmbeddedGroup } from './embedded-group.js';
import { EmbeddedLog, type LogTopic } from './embedded-log.js';
import { EmbeddedOffsets } from './embedded-offsets.js';
import { EmbeddedReading } from './embedded-reading.js';
import { EmbeddedRetention } from './embedded-retention.js';
import { MIGRATIONS } from './embedded-schema.js';
import { EmbeddedWriter } from './embedded-writer.js';

export interface EmbeddedBrokerOptions {
  readonly clock?: Clock;
  /** How often to look for what other processes have written, in ms. */
  readonly pollMs?: number;
  readonly sweepMs?: number;
  /** Shared with stores that want their writes in the same transactions. */
  readonly commits?: GroupCommit;
}

/** Whoever waits for records of topics. */
interface Waiting {
  readonly topics: ReadonlySet<string>;
  wake(): void;
}

/**
 * A log in an SQLite file. The members of a group are those of one process; other processes may publish, read and commit. The timers do not keep
 * the process alive. Whoever opened the database closes it, after the broker.
 */
export class EmbeddedBroker implements Broker {
  private readonly log: EmbeddedLog;
  private readonly offsets: EmbeddedOffsets;
  private readonly writer: EmbeddedWriter;
  private readonly retention: EmbeddedRetention;
  private readonly groups = new Map<string, EmbeddedGroup>();
  private readonly readings = new Set<EmbeddedReading>();
  private readonly closing = new AbortController();
  private readonly timers: readonly NodeJS.Timeout[];
  private sweeping?: Promise<number>;

  constructor(database: Database, { clock = Date.now, pollMs = 100, sweepMs = 60_000, commits = new GroupCommit(database) }: EmbeddedBrokerOptions = {}) {
    migrate(database, 'log', MIGRATIONS);
    this.log = new EmbeddedLog(database, clock);
    this.offsets = new EmbeddedOffsets(database);
    this.writer = new EmbeddedWriter(commits);
    this.retention = new EmbeddedRetention(database, this.log, this.offsets, this.writer, clock);
    commits.watch({
      begun: () => { if (this.log.refresh()) setImmediate(() => this.othersWrote()); },
      committed: () => this.wake(this.log.takeGrown()),
      undone: () => this.log.undone(),
    });
    this.timers = [setInterval(() => this.poll(), pollMs), setInterval(() => void this.sweep().catch((error: Error) => this.fail(error)), sweepMs)];
    for (const timer of this.timers) timer.unref();
  }

  async createTopics(topics: readonly TopicSettings[]): Promise<void> {
    await this.writer.write(() => this.log.create(topics));
    this.log.load();
    for (const group of this.groups.values()) group.share();
  }

  async topics(): Promise<readonly TopicSettings[]> {
    this.look();
    return this.log.topics.map(({ name, partitions, retentionHours }) => ({ name, partitions: partitions.length, retentionHours }));
  }

  async publish(records: readonly NewRecord[]): Promise<void> {
    for (const { topic } of records) this.topicNamed(topic);
    await this.writer.write(() => this.log.append(records));
  }

  async subscribe(name: string, topics: readonly string[]): Promise<Subscription> {
    for (const topic of topics) this.topicNamed(topic);
    await this.writer.write(() => this.offsets.join(name, topics));
    let group = this.groups.get(name);
    if (group === undefined) this.groups.set(name, (group = new EmbeddedGroup(name, this.log, this.offsets, this.writer)));
    return group.join(topics);
  }

  async *read(name: string, options: ReadOptions): AsyncIterable<LogRecord> {
    this.look();
    const signal = options.signal === undefined ? this.closing.signal : AbortSignal.any([options.signal, this.closing.signal]);
    const reading = new EmbeddedReading(this.log, this.topicNamed(name), { ...options, signal });
    this.readings.add(reading);
    try {
      yield* reading.records();
    } finally {
      this.readings.delete(reading);
    }
  }

  async extent(name: string): Promise<readonly Extent[]> {
    this.look();
    return this.topicNamed(name).partitions.map((one) => ({ topic: name, partition: one.partition, first: this.log.earliest(one), end: one.end }));
  }

  async committed(group: string): Promise<readonly Position[]> {
    this.refuseWhenClosed();
    return this.offsets.of(group);
  }

  async lag(): Promise<readonly Lag[]> {
    this.look();
    return this.offsets.groups().flatMap(({ group, topic }) =>
      (this.log.topic(topic)?.partitions ?? []).map((partition) => ({
        group,
        topic,
        partition: partition.partition,
        committed: this.offsets.get(group, partition) ?? this.log.earliest(partition),
        end: partition.end,
      })),
    );
  }

  /** Deletes what is older than its topic's retention and finished by all its groups; gives how many records. */
  sweep(): Promise<number> {
    this.sweeping ??= this.retention.sweep(this.closing.signal).finally(() => (this.sweeping = undefined));
    return this.sweeping;
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    for (const timer of this.timers) clearInterval(timer);
    this.closing.abort();
    for (const group of this.groups.values()) group.close();
    this.writer.close();
    await this.sweeping?.catch(() => {});
    await nextTurn();
  }

  private poll(): void {
    try {
      if (this.log.refresh()) this.othersWrote();
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** What another process wrote may be records, or partitions that have no owner yet. */
  private othersWrote(): void {
    for (const group of this.groups.values()) group.share();
    this.wake(new Set(this.log.topics));
  }

  private wake(topics: ReadonlySet<LogTopic>): void {
    if (topics.size === 0) return;
    const waiting: Iterable<Waiting>[] = [this.members(), this.readings];
    for (const some of waiting) {
      for (const one of some) if ([...topics].some(({ name }) => one.topics.has(name))) one.wake();
    }
  }

  private members() {
    return [...this.groups.values()].flatMap(({ members }) => members);
  }

  /** What may pass is tried again by the next timer. */
  private fail(error: Error): void {
    if (isPassing(error.cause ?? error)) return;
    for (const member of this.members()) member.fail(error);
  }

  private look(): void {
    this.refuseWhenClosed();
    if (this.log.refresh()) this.othersWrote();
  }

  private topicNamed(name: string): LogTopic {
    const topic = this.log.topic(name);
    if (topic !== undefined) return topic;
    this.look();
    const made = this.log.topic(name);
    if (made !== undefined) return made;
    throw new InputError('BROKER.UNKNOWN_TOPIC', { file: name }, undefined, { ko: '그런 토픽이 없습니다.', en: 'there is no such topic' });
  }

  private refuseWhenClosed(): void {
    this.writer.refuseWhenClosed();
  }
}
