import { type LogRecord, type Partition } from '../broker.js';
import { FetchedPartition } from './fetched-partition.js';

/** The partitions that one generation of a group gives a member. */
export class Assignment {
  private readonly byName: ReadonlyMap<string, FetchedPartition>;
  private readonly inTurn: readonly FetchedPartition[];
  private turn = 0;
  /** Resolves once it is known where each partition goes on. */
  readonly begun: Promise<void>;
  private begin = (): void => {};

  constructor(partitions: readonly Partition[]) {
    this.inTurn = partitions.map((partition) => new FetchedPartition(partition));
    this.byName = new Map(this.inTurn.map((one) => [nameOf(one), one]));
    this.begun = new Promise((resolve) => (this.begin = resolve));
  }

  get partitions(): readonly FetchedPartition[] {
    return this.inTurn;
  }

  get(partition: Partition): FetchedPartition | undefined {
    return this.byName.get(nameOf(partition));
  }

  /** @param offsets of the partitions, in their order */
  beginAt(offsets: readonly number[]): void {
    this.inTurn.forEach((one, i) => one.begin(offsets[i]));
    this.begin();
  }

  /** It is over: nobody waits for it any more. */
  end(): void {
    this.begin();
  }

  /** Goes round the partitions, so that a full one does not keep the others waiting. */
  take(limit: number): LogRecord[] {
    const records: LogRecord[] = [];
    const { inTurn } = this;
    const share = Math.ceil(limit / inTurn.length);
    for (let empty = 0; records.length < limit && empty < inTurn.length; ) {
      const one = inTurn[this.turn];
      this.turn = (this.turn + 1) % inTurn.length;
      const taken = one.paused ? 0 : one.take(Math.min(share, limit - records.length), records);
      empty = taken === 0 ? empty + 1 : 0;
    }
    return records;
  }
}

export function nameOf({ topic, partition }: Partition): string {
  return `${topic} ${partition}`;
}
