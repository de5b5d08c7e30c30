import { type LogRecord, type Partition, type Position, type Subscription } from './broker.js';
import { EmbeddedCursor } from './embedded-cursor.js';
import { type EmbeddedLog, type LogPartition } from './embedded-log.js';
import { type PlaceInLog } from './embedded-offsets.js';
import { asBrokerError } from './embedded-writer.js';
import { Wakeups } from './wakeups.js';

/** A partition as long as it is this member's. */
interface Hold {
  readonly cursor: EmbeddedCursor;
  paused: boolean;
}

/** What a member needs of its group. */
export interface Membership {
  commit(places: readonly PlaceInLog[]): Promise<void>;
  leave(): void;
}

export class EmbeddedSubscription implements Subscription {
  readonly hasJoined = true;
  private readonly holds = new Map<string, Hold>();
  private inTurn: readonly Hold[] = [];
  private turn = 0;
  private closed = false;
  private readonly wakeups = new Wakeups();
  private readonly revokedListeners: ((partitions: readonly Partition[]) => void)[] = [];
  private readonly failedListeners: ((error: Error) => void)[] = [];

  constructor(
    private readonly log: EmbeddedLog,
    readonly topics: ReadonlySet<string>,
    private readonly membership: Membership,
  ) {}

  async take(limit: number, signal?: AbortSignal): Promise<readonly LogRecord[]> {
    if (!(limit >= 1)) throw new RangeError(`take at least one record, not ${limit}`);
    while (!this.closed && !signal?.aborted) {
      const records = this.ready(limit);
      if (records.length > 0) return records;
      await this.wakeups.next({ signal });
    }
    return [];
  }

  pause(partitions: readonly Partition[]): void {
    for (const hold of this.holdsOf(partitions)) hold.paused = true;
  }

  resume(partitions: readonly Partition[]): void {
    for (const hold of this.holdsOf(partitions)) hold.paused = false;
    this.wake();
  }

  async commit(positions: readonly Position[]): Promise<void> {
    if (this.closed) return;
    const own = positions.flatMap((position) => {
      const hold = this.holds.get(nameOf(position));
      return hold === undefined ? [] : [{ partition: hold.cursor.source, offset: position.offset }];
    });
    if (own.length > 0) await this.membership.commit(own);
  }

  onRevoked(listener: (partitions: readonly Partition[]) => void): void {
    this.revokedListeners.push(listener);
  }

  onFailed(listener: (error: Error) => void): void {
    this.failedListeners.push(listener);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.end();
    this.membership.leave();
  }

  /** Gives nothing and commits nothing any more. */
  end(): void {
    this.closed = true;
    this.wake();
  }

  /** Something may be there to take. */
  wake(): void {
    this.wakeups.wake();
  }

  fail(error: Error): void {
    for (const listener of this.failedListeners) listener(error);
  }

  /** Gives up every partition but these, which the group means this member to have. */
  keepOnly(partitions: ReadonlySet<LogPartition>): void {
    const lost = [...this.holds.values()].map(({ cursor }) => cursor.source).filter((source) => !partitions.has(source));
    if (lost.length === 0) return;
    for (const source of lost) this.holds.delete(nameOf(source));
    this.orderHolds();
    const told = lost.map(({ topic, partition }) => ({ topic, partition }));
    for (const listener of this.revokedListeners) listener(told);
  }

  /** Takes over those of the partitions that it does not have yet. */
  takeOver(partitions: ReadonlySet<LogPartition>, startOf: (partition: LogPartition) => number): void {
    for (const source of partitions) {
      if (!this.holds.has(nameOf(source))) this.holds.set(nameOf(source), { cursor: new EmbeddedCursor(this.log, source, startOf(source)), paused: false });
    }
    this.orderHolds();
    this.wake();
  }

  /** Goes round the partitions, so that a full one does not keep the others waiting. */
  private ready(limit: number): LogRecord[] {
    const records: LogRecord[] = [];
    const { inTurn } = this;
    const share = Math.ceil(limit / inTurn.length);
    for (let empty = 0; records.length < limit && empty < inTurn.length; ) {
      const { cursor, paused } = inTurn[this.turn];
      this.turn = (this.turn + 1) % inTurn.length;
      try {
        const taken = paused ? 0 : cursor.take(Math.min(share, limit - records.length), records);
        empty = taken === 0 ? empty + 1 : 0;
      } catch (error) {
        // What has been read from other partitions will not be read again.
        if (records.length === 0) throw asBrokerError(error, 'read');
        break;
      }
    }
    return records;
  }

  private orderHolds(): void {
    this.inTurn = [...this.holds.values()];
    this.turn = 0;
  }

  private holdsOf(partitions: readonly Partition[]): Hold[] {
    return partitions.flatMap((partition) => this.holds.get(nameOf(partition)) ?? []);
  }
}

function nameOf({ topic, partition }: Partition): string {
  return `${topic} ${partition}`;
}
