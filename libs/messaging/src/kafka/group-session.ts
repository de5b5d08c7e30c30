import { type Consumer, type EachBatchPayload, type Offsets } from 'kafkajs';
import { type Partition, type Position } from '../broker.js';
import { within } from '../waiting.js';
import { type Assignment } from './assignment.js';
import { type KafkaClient, type MemberSettings } from './kafka-client.js';
import { type KafkaNames } from './kafka-names.js';
import { recordOf } from './kafka-records.js';

/** A member that has not been heard of for this long hangs. */
const SILENT_MS = 90_000;
const LEAVING_MS = 5000;

export interface SessionHooks {
  /** The group has given these; gives what holds what is fetched of them. */
  readonly onAssigned: (partitions: readonly Partition[]) => Assignment;
  readonly onFetched: () => void;
}

/** One kafkajs consumer from its start to its crash or its end. Nothing that is done in its callbacks throws. */
export class GroupSession {
  private readonly consumer: Consumer;
  /** What the group calls it. */
  memberId?: string;
  private assignment?: Assignment;
  private commitNow?: EachBatchPayload['commitOffsetsIfNecessary'];
  private joining = false;
  private heardAt = Date.now();
  private crash: (error: Error) => void = () => {};
  private readonly crashed = new Promise<Error>((resolve) => (this.crash = resolve));

  constructor(
    client: KafkaClient,
    private readonly names: KafkaNames,
    member: Omit<MemberSettings, 'onJoining'>,
    private readonly hooks: SessionHooks,
  ) {
    this.consumer = client.consumer({ ...member, onJoining: () => (this.joining = true) });
  }

  /** Runs until the signal aborts; gives the error that ended it before. */
  async run(topics: readonly string[], signal: AbortSignal): Promise<Error | undefined> {
    const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
    const watch = setInterval(() => this.watch(), SILENT_MS / 10).unref();
    const started = this.start(topics, signal);
    try {
      await Promise.race([started, stopped]);
      return signal.aborted ? undefined : await Promise.race([this.crashed, stopped]);
    } catch (error) {
      return error as Error;
    } finally {
      clearInterval(watch);
      this.commitNow = undefined;
      // One that is still joining cannot be stopped before it has joined.
      await within(LEAVING_MS, started.catch(() => {}).then(() => this.consumer.disconnect()).catch(() => {}));
    }
  }

  seek({ topic, partition, offset }: Position): void {
    this.consumer.seek({ topic: this.names.out(topic), partition, offset: String(offset) });
  }

  pause({ topic, partition }: Partition): void {
    this.consumer.pause([{ topic: this.names.out(topic), partitions: [partition] }]);
  }

  resume({ topic, partition }: Partition): void {
    this.consumer.resume([{ topic: this.names.out(topic), partitions: [partition] }]);
  }

  /**
   * Commits under the present generation, in one try: kafkajs' own commit tries again after a rebalance, and the broker would then take the old
   * positions as the new generation's. Undefined when there is no generation to commit under.
   */
  commit(positions: readonly Position[]): Promise<void> | undefined {
    if (this.joining || this.commitNow === undefined) return undefined;
    const byTopic: Record<string, Offsets['topics'][number]> = {};
    for (const { topic, partition, offset } of positions) (byTopic[topic] ??= { topic: this.names.out(topic), partitions: [] }).partitions.push({ partition, offset: String(offset) });
    return this.commitNow({ topics: Object.values(byTopic) });
  }

  private async start(topics: readonly string[], signal: AbortSignal): Promise<void> {
    const { consumer } = this;
    const { CRASH, GROUP_JOIN, FETCH, HEARTBEAT, END_BATCH_PROCESS } = consumer.events;
    consumer.on(CRASH, ({ payload }) => this.crash(payload.error));
    consumer.on(GROUP_JOIN, ({ payload }) => this.joined(payload));
    consumer.on(FETCH, () => this.heard());
    consumer.on(HEARTBEAT, () => this.heard());
    consumer.on(END_BATCH_PROCESS, ({ payload }) => this.passOver(payload));
    await consumer.connect();
    if (signal.aborted) return;
    await consumer.subscribe({ topics: topics.map((topic) => this.names.out(topic)), fromBeginning: true });
    if (signal.aborted) return;
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: (payload) => this.accept(payload) });
  }

  private joined({ memberId, memberAssignment }: { readonly memberId: string; readonly memberAssignment: Readonly<Record<string, readonly number[]>> }): void {
    this.heard();
    this.memberId = memberId;
    const partitions = Object.entries(memberAssignment).flatMap(([topic, some]) => some.map((partition) => ({ topic: this.names.in(topic), partition })));
    for (const one of this.assignment?.partitions ?? []) if (one.full) this.resume(one);
    this.assignment = this.hooks.onAssigned(partitions);
    this.joining = false;
  }

  /** Takes a batch if it is the next one of a partition; what was fetched for an earlier generation, or goes past what was asked for, is fetched anew. */
  private async accept({ batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> {
    this.commitNow = commitOffsetsIfNecessary;
    const { assignment } = this;
    await assignment?.begun;
    const fetched = assignment?.get({ topic: this.names.in(batch.topic), partition: batch.partition });
    if (assignment !== this.assignment || fetched?.expected === undefined) return;
    const { fetchedOffset } = batch as unknown as { readonly fetchedOffset: string };
    if (!fetched.isNext(Number(fetchedOffset))) return this.seek({ ...partitionOf(fetched), offset: fetched.expected });
    fetched.add(batch.messages.map((message) => recordOf(fetched.topic, fetched.partition, message)), Number(batch.lastOffset()) + 1);
    if (batch.messages.length > 0) resolveOffset(batch.messages.at(-1)!.offset);
    if (fetched.full) this.pause(fetched);
    this.hooks.onFetched();
  }

  /** kafkajs passes over batches that hold nothing but marks of transactions, and shows them to nobody. */
  private passOver({ topic, partition, batchSize, firstOffset, lastOffset }: { topic: string; partition: number; batchSize: number; firstOffset: string; lastOffset: string }): void {
    if (batchSize > 0) return;
    const fetched = this.assignment?.get({ topic: this.names.in(topic), partition });
    if (fetched?.expected !== Number(firstOffset)) return;
    fetched.skipTo(Number(lastOffset) + 1);
    this.hooks.onFetched();
  }

  private heard(): void {
    this.heardAt = Date.now();
  }

  private watch(): void {
    if (Date.now() - this.heardAt > SILENT_MS) this.crash(new Error(`the consumer has not been heard of for ${SILENT_MS / 1000} s`));
  }
}

function partitionOf({ topic, partition }: Partition): Partition {
  return { topic, partition };
}
