import { TransientError } from '@math-labeler/contracts';
import { type Backoff, waitAfter } from '../backoff.js';
import { type LogRecord, type Partition, type Position, type Subscription } from '../broker.js';
import { sleep } from '../waiting.js';
import { Wakeups } from '../wakeups.js';
import { Assignment } from './assignment.js';
import { GroupSession } from './group-session.js';
import { type KafkaClient } from './kafka-client.js';
import { asBrokerError, isBug, isFinal, isOutdated } from './kafka-errors.js';
import { type KafkaNames } from './kafka-names.js';
import { type KafkaOptions } from './kafka-options.js';

export interface GroupMember {
  /** As the cluster has it. */
  readonly groupId: string;
  readonly instanceId?: string;
  readonly topics: readonly string[];
  /** Where each of these partitions goes on, in their order. */
  readonly startsOf: (partitions: readonly Partition[]) => Promise<readonly number[]>;
}

const BACKOFF: Backoff = { firstMs: 200, longestMs: 5000 };
/** A client that breaks down in ways of its own is made anew so often, without a record in between, and no more. */
const MOST_BUGS = 5;

/** A member of a Kafka group: a client that crashes for what may pass is made anew, for ever. */
export class KafkaSubscription implements Subscription {
  hasJoined = false;
  readonly wakeups = new Wakeups();
  private assignment = new Assignment([]);
  private session?: GroupSession;
  private readonly closing = new AbortController();
  private readonly running: Promise<void>;
  private failure?: Error;
  private tries = 0;
  private bugs = 0;
  private readonly revokedListeners: ((partitions: readonly Partition[]) => void)[] = [];
  private readonly failedListeners: ((error: Error) => void)[] = [];

  constructor(
    private readonly client: KafkaClient,
    private readonly names: KafkaNames,
    private readonly member: GroupMember,
    private readonly onLog: KafkaOptions['onLog'],
  ) {
    this.running = this.keepRunning();
  }

  async take(limit: number, signal?: AbortSignal): Promise<readonly LogRecord[]> {
    if (!(limit >= 1)) throw new RangeError(`take at least one record, not ${limit}`);
    while (!this.closed && !signal?.aborted) {
      const records = this.ready(limit);
      if (records.length > 0) return records;
      await this.wakeups.next({ signal });
    }
    return [];
  }

  /** What can be taken without waiting; throws when reading has failed for good. */
  ready(limit: number): LogRecord[] {
    if (this.failure !== undefined) throw this.failure;
    const records = this.assignment.take(limit);
    for (const one of this.assignment.partitions) {
      if (!one.full || !one.isLow) continue;
      one.full = false;
      this.session?.resume(one);
    }
    return records;
  }

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  /** How far each partition that it has is read. */
  get reached(): readonly Position[] {
    return this.assignment.partitions.map(({ topic, partition, reached }) => ({ topic, partition, offset: reached }));
  }

  pause(partitions: readonly Partition[]): void {
    for (const partition of partitions) this.setPaused(partition, 'paused');
  }

  resume(partitions: readonly Partition[]): void {
    for (const partition of partitions) this.setPaused(partition, 'resumed');
    this.wakeups.wake();
  }

  async commit(positions: readonly Position[]): Promise<void> {
    if (this.closed) return;
    const own = positions.filter((position) => this.assignment.get(position)?.covers(position.offset));
    if (own.length === 0) return;
    if (this.session === undefined) throw new TransientError('Kafka에 연결되어 있지 않습니다 · not connected to Kafka');
    try {
      await this.session.commit(own);
    } catch (error) {
      // It is about to hear that its partitions were taken away.
      if (!isOutdated(error)) throw asBrokerError(error);
    }
  }

  onRevoked(listener: (partitions: readonly Partition[]) => void): void {
    this.revokedListeners.push(listener);
  }

  onFailed(listener: (error: Error) => void): void {
    this.failedListeners.push(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.assignment.end();
    this.wakeups.wake();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    const { signal } = this.closing;
    let formerId: string | undefined;
    while (!signal.aborted) {
      const { groupId, instanceId, topics } = this.member;
      const session = (this.session = new GroupSession(this.client, this.names, { groupId, instanceId, formerId }, { onAssigned: (partitions) => this.assigned(partitions), onFetched: () => this.fetched() }));
      const error = await session.run(topics, signal);
      formerId = session.memberId ?? formerId;
      this.session = undefined;
      if (error === undefined) return;
      if (isFinal(error) || (isBug(error) && ++this.bugs >= MOST_BUGS)) return this.fail(asBrokerError(error));
      this.onLog?.('warn', `the member of ${groupId} begins anew: ${asBrokerError(error).message}`, { groupId });
      await sleep(waitAfter(++this.tries, BACKOFF, Math.random()), signal);
    }
  }

  /** Kafka deals all partitions anew at every change of the group: what was had is lost, or read again from the last commit. */
  private assigned(partitions: readonly Partition[]): Assignment {
    const before = this.assignment;
    const assignment = (this.assignment = new Assignment(partitions));
    before.end();
    this.hasJoined = true;
    this.tries = 0;
    const revoked = before.partitions.map(({ topic, partition }) => ({ topic, partition }));
    if (revoked.length > 0) for (const listener of this.revokedListeners) listener(revoked);
    void this.begin(assignment);
    return assignment;
  }

  private async begin(assignment: Assignment): Promise<void> {
    for (let tries = 1; assignment === this.assignment && !this.closed; tries++) {
      try {
        const starts = await this.member.startsOf(assignment.partitions);
        if (assignment !== this.assignment || this.session === undefined) return;
        assignment.beginAt(starts);
        for (const { topic, partition, expected } of assignment.partitions) this.session.seek({ topic, partition, offset: expected! });
        return;
      } catch (error) {
        this.onLog?.('warn', `where ${this.member.groupId} goes on is not known yet: ${(error as Error).message}`, { groupId: this.member.groupId });
        await sleep(waitAfter(tries, BACKOFF, Math.random()), this.closing.signal);
      }
    }
  }

  private fetched(): void {
    this.bugs = 0;
    this.wakeups.wake();
  }

  private setPaused(partition: Partition, to: 'paused' | 'resumed'): void {
    const one = this.assignment.get(partition);
    if (one !== undefined) one.paused = to === 'paused';
  }

  private fail(error: Error): void {
    this.failure = error;
    for (const listener of this.failedListeners) listener(error);
    this.wakeups.wake();
  }
}
