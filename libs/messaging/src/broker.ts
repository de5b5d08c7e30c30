import { type Headers, type TopicSettings } from '@math-labeler/contracts';

/** A record to be appended. Records of one key go to one partition, in the order in which they are published. */
export interface NewRecord {
  readonly topic: string;
  /** Without a key, any partition. */
  readonly key?: string;
  readonly headers: Headers;
  readonly value: Uint8Array;
}

/** A record as the log holds it. */
export interface LogRecord extends NewRecord {
  readonly partition: number;
  /** Place within the partition, from 0, without gaps unless the broker says otherwise. */
  readonly offset: number;
  /** When it was appended, in ms since 1970. */
  readonly timestamp: number;
}

export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** Where a group goes on reading: the offset of the first record that it has not finished. */
export interface Position extends Partition {
  readonly offset: number;
}

/** What a partition holds: the offsets of the first record that is kept, and of the next one that will come. */
export interface Extent extends Partition {
  readonly first: number;
  readonly end: number;
}

/** How far a group is behind on one partition. */
export interface Lag extends Partition {
  readonly group: string;
  readonly committed: number;
  /** The offset that the next record will get. */
  readonly end: number;
}

/** One member of a consumer group, with the partitions that the group has given it. */
export interface Subscription {
  /**
   * The next records, in order within each partition, at most `limit`; waits for the first one. Empty only when the subscription
   * is closed or the signal aborted. No record is given twice to a member, unless its partition was taken away in between.
   */
  take(limit: number, signal?: AbortSignal): Promise<readonly LogRecord[]>;
  /** The group has dealt it its share of the partitions, of which there may be none; it stays so, however often they are dealt anew. */
  readonly hasJoined: boolean;
  /** Gives no more records of these partitions until they are resumed. */
  pause(partitions: readonly Partition[]): void;
  resume(partitions: readonly Partition[]): void;
  /** Remembers how far the group has got; positions of partitions that are no longer the member's own are passed over. */
  commit(positions: readonly Position[]): Promise<void>;
  /** Hears of partitions that are taken away, or are given anew from the last commit; what was taken of them is somebody else's now. */
  onRevoked(listener: (partitions: readonly Partition[]) => void): void;
  /** Hears when reading fails for good: the process should end and be started again. */
  onFailed(listener: (error: Error) => void): void;
  /** Leaves the group. */
  close(): Promise<void>;
}

export interface ReadOptions {
  /** First offset wanted of each partition; the others are read from their beginning. */
  readonly from?: readonly Position[];
  /** Ends the reading once this long has passed without a new record, in ms; 0 ends it at the records that are there now. */
  readonly untilIdle: number;
  readonly signal?: AbortSignal;
}

/** A durable, partitioned log with consumer groups. Failures that may pass are TransientError. */
export interface Broker {
  /** Makes the topics that do not exist, and gives the others these settings; partitions are never taken away. */
  createTopics(topics: readonly TopicSettings[]): Promise<void>;
  /** The topics that exist. */
  topics(): Promise<readonly TopicSettings[]>;
  /** Resolves once every record is safe from a crash; rejects when none of it can be relied upon. */
  publish(records: readonly NewRecord[]): Promise<void>;
  /** A new group starts at the earliest record. */
  subscribe(group: string, topics: readonly string[]): Promise<Subscription>;
  /** Reads a topic without a group, each partition in order. */
  read(topic: string, options: ReadOptions): AsyncIterable<LogRecord>;
  /** Of every partition of a topic, in order. */
  extent(topic: string): Promise<readonly Extent[]>;
  /** Where a group stands; nothing for partitions on which it has not committed. */
  committed(group: string): Promise<readonly Position[]>;
  /** Of every group that has ever committed or subscribed, for every partition of its topics. */
  lag(): Promise<readonly Lag[]>;
  close(): Promise<void>;
}
