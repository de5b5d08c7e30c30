import { type TopicSettings } from '@math-labeler/contracts';
import { type Broker, type Extent, type Lag, type LogRecord, type NewRecord, type Partition, type Position, type ReadOptions, type Subscription } from './broker.js';

/** What a spec may let go wrong: an error that is returned is what the broker then rejects with. */
export interface Faults {
  publish?: (records: readonly NewRecord[]) => Error | undefined;
  commit?: (positions: readonly Position[]) => Error | undefined;
  take?: () => Error | undefined;
  /** Answers that are late. */
  beforeCommit?: () => Promise<void>;
}

/** A log in memory, with one member for each group: what a spec of the delivery needs, and nothing durable. */
export class MemoryBroker implements Broker {
  readonly faults: Faults = {};
  /** Every record, in the order of publishing. */
  readonly published: LogRecord[] = [];
  /** Every position that any group committed, in order. */
  readonly commits: (Position & { readonly group: string })[] = [];
  readonly members = new Map<string, Member>();
  private readonly logs = new Map<string, LogRecord[][]>();
  private readonly positions = new Map<string, Map<string, Position>>();

  constructor(private readonly partitions = 1) {}

  async createTopics(topics: readonly TopicSettings[]): Promise<void> {
    topics.forEach(({ name }) => this.logOf(name));
  }

  async topics(): Promise<readonly TopicSettings[]> {
    return [...this.logs.keys()].map((name) => ({ name, partitions: this.partitions, retentionHours: 1 }));
  }

  async publish(records: readonly NewRecord[]): Promise<void> {
    const fault = this.faults.publish?.(records);
    if (fault !== undefined) throw fault;
    for (const record of records) this.append(record);
    for (const member of this.members.values()) member.wake();
  }

  async subscribe(group: string, topics: readonly string[]): Promise<Member> {
    topics.forEach((topic) => this.logOf(topic));
    const member = new Member(this, group, topics);
    this.members.set(group, member);
    return member;
  }

  async *read(topic: string, { from = [] }: ReadOptions): AsyncIterable<LogRecord> {
    for (const [partition, log] of this.logOf(topic).entries()) {
      const first = from.find((position) => position.topic === topic && position.partition === partition)?.offset ?? 0;
      yield* log.slice(first);
    }
  }

  async extent(topic: string): Promise<readonly Extent[]> {
    return this.logOf(topic).map((log, partition) => ({ topic, partition, first: 0, end: log.length }));
  }

  async committed(group: string): Promise<readonly Position[]> {
    return [...(this.positions.get(group)?.values() ?? [])];
  }

  async lag(): Promise<readonly Lag[]> {
    return [...this.positions].flatMap(([group, positions]) => [...positions.values()].map(({ topic, partition, offset }) => ({ group, topic, partition, committed: offset, end: this.logOf(topic)[partition].length })));
  }

  async close(): Promise<void> {}

  /** The records of a topic, partition by partition. */
  all(topic: string): LogRecord[] {
    return this.logOf(topic).flat();
  }

  logOf(topic: string): LogRecord[][] {
    let log = this.logs.get(topic);
    if (log === undefined) this.logs.set(topic, (log = Array.from({ length: this.partitions }, () => [])));
    return log;
  }

  offsetOf(group: string, { topic, partition }: Partition): number {
    return this.positions.get(group)?.get(`${topic} ${partition}`)?.offset ?? 0;
  }

  keep(group: string, position: Position): void {
    const positions = this.positions.get(group) ?? new Map<string, Position>();
    this.positions.set(group, positions.set(`${position.topic} ${position.partition}`, position));
    this.commits.push({ group, ...position });
  }

  private append({ topic, key, headers, value }: NewRecord): void {
    const log = this.logOf(topic);
    const partition = [...(key ?? String(this.published.length))].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % this.partitions;
    const record = { topic, ...(key === undefined ? {} : { key }), headers, value, partition, offset: log[partition].length, timestamp: 0 };
    log[partition].push(record);
    this.published.push(record);
  }
}

class Member implements Subscription {
  readonly hasJoined = true;
  /** How many records each `take` asked for. */
  readonly asked: number[] = [];
  readonly paused = new Set<string>();
  closed = false;
  private readonly next = new Map<string, number>();
  private revoked: (partitions: readonly Partition[]) => void = () => {};
  private failed: (error: Error) => void = () => {};
  private sleeper?: () => void;

  constructor(
    private readonly broker: MemoryBroker,
    private readonly group: string,
    private readonly names: readonly string[],
  ) {}

  async take(limit: number, signal?: AbortSignal): Promise<readonly LogRecord[]> {
    this.asked.push(limit);
    while (!this.closed && signal?.aborted !== true) {
      const fault = this.broker.faults.take?.();
      if (fault !== undefined) throw fault;
      const records = this.nextRecords(limit);
      if (records.length > 0) return records;
      const { promise, wake } = this.sleep();
      signal?.addEventListener('abort', wake, { once: true });
      await promise;
      signal?.removeEventListener('abort', wake);
    }
    return [];
  }

  pause(partitions: readonly Partition[]): void {
    for (const partition of partitions) this.paused.add(nameOf(partition));
  }

  resume(partitions: readonly Partition[]): void {
    for (const partition of partitions) this.paused.delete(nameOf(partition));
    this.wake();
  }

  async commit(positions: readonly Position[]): Promise<void> {
    await this.broker.faults.beforeCommit?.();
    const fault = this.broker.faults.commit?.(positions);
    if (fault !== undefined) throw fault;
    for (const { topic, partition, offset } of positions) this.broker.keep(this.group, { topic, partition, offset });
  }

  onRevoked(listener: (partitions: readonly Partition[]) => void): void {
    this.revoked = listener;
  }

  onFailed(listener: (error: Error) => void): void {
    this.failed = listener;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.wake();
  }

  /** Takes partitions away and gives them anew from the last commit. */
  revoke(partitions: readonly Partition[]): void {
    this.revoked(partitions);
    for (const partition of partitions) this.next.delete(nameOf(partition));
    this.wake();
  }

  fail(error: Error): void {
    this.failed(error);
  }

  wake(): void {
    this.sleeper?.();
  }

  private sleep(): { promise: Promise<void>; wake: () => void } {
    let wake = (): void => {};
    const promise = new Promise<void>((resolve) => (wake = resolve));
    this.sleeper = wake;
    return { promise, wake };
  }

  private nextRecords(limit: number): LogRecord[] {
    const records: LogRecord[] = [];
    for (const topic of this.names) {
      for (const [partition, log] of this.broker.logOf(topic).entries()) {
        const name = nameOf({ topic, partition });
        if (this.paused.has(name)) continue;
        const first = this.next.get(name) ?? this.broker.offsetOf(this.group, { topic, partition });
        const given = log.slice(first, first + limit - records.length);
        this.next.set(name, first + given.length);
        records.push(...given);
      }
    }
    return records;
  }
}

function nameOf({ topic, partition }: Partition): string {
  return `${topic} ${partition}`;
}
