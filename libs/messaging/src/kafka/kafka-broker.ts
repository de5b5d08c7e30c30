import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Grant, type TopicSettings, TransientError } from '@math-labeler/contracts';
import { type Broker, type Extent, type Lag, type LogRecord, type NewRecord, type Position, type ReadOptions, type Subscription } from '../broker.js';
import { partitionOf } from '../partitioner.js';
import { allow } from './kafka-acls.js';
import { KafkaAdmin } from './kafka-admin.js';
import { KafkaClient } from './kafka-client.js';
import { asBrokerError, isForbidden, isUnreachable } from './kafka-errors.js';
import { KafkaGroups } from './kafka-groups.js';
import { KafkaNames } from './kafka-names.js';
import { type KafkaOptions } from './kafka-options.js';
import { KafkaReading } from './kafka-reading.js';
import { messageOf, sizeOf } from './kafka-records.js';
import { type GroupMember, KafkaSubscription } from './kafka-subscription.js';
import { KafkaTopics, type TopicPlan } from './kafka-topics.js';
import { OrderedProducer, parcelsOf } from './ordered-producer.js';

const PING_MS = 3000;

/** The log of a Kafka cluster. */
export class KafkaBroker implements Broker {
  private readonly client: KafkaClient;
  private readonly names: KafkaNames;
  private readonly admin: KafkaAdmin;
  private readonly producer: OrderedProducer;
  private readonly topicList: KafkaTopics;
  private readonly groups: KafkaGroups;
  private readonly subscriptions = new Set<KafkaSubscription>();
  private readonly closing = new AbortController();
  private keyless = 0;
  private pinging?: Promise<unknown>;

  constructor(private readonly options: KafkaOptions) {
    this.client = new KafkaClient(options);
    this.names = new KafkaNames(options.prefix);
    this.admin = new KafkaAdmin(this.client);
    this.producer = new OrderedProducer(this.client);
    this.topicList = new KafkaTopics(this.admin, this.names, options.replication);
    this.groups = new KafkaGroups(this.admin, this.topicList, this.names);
  }

  /** Rejects within three seconds with a TransientError that says why the cluster cannot be used. */
  async ping(): Promise<void> {
    this.pinging ??= this.admin.use((admin) => admin.describeCluster()).finally(() => (this.pinging = undefined));
    const over = new AbortController();
    const late = pause(PING_MS, undefined, { signal: over.signal }).then(() => {
      throw new TransientError(`Kafka가 ${PING_MS / 1000}초 안에 답하지 않습니다 · Kafka does not answer within ${PING_MS / 1000} s`);
    });
    late.catch(() => {});
    try {
      await Promise.race([this.pinging, late]);
    } finally {
      over.abort();
    }
  }

  async createTopics(topics: readonly TopicSettings[]): Promise<void> {
    await this.topicList.create(topics);
  }

  /** What is to be done so that these topics are as they are told; `applyTopics` does it. */
  planTopics(topics: readonly TopicSettings[]): Promise<readonly TopicPlan[]> {
    return this.topicList.plan(topics);
  }

  applyTopics(topics: readonly TopicSettings[]): Promise<readonly TopicPlan[]> {
    return this.topicList.create(topics);
  }

  /** Lets each principal do what it is granted; gives those grants that it could not do in full before. */
  applyAcls(grants: readonly Grant[]): Promise<readonly Grant[]> {
    return allow(this.admin, this.names, grants);
  }

  topics(): Promise<readonly TopicSettings[]> {
    return this.topicList.list();
  }

  /** A topic that does not exist is a TransientError: a deploy step makes it, and no event is to become a dead letter for its being late. */
  async publish(records: readonly NewRecord[]): Promise<void> {
    const counts = new Map<string, number>();
    for (const { topic } of records) if (!counts.has(topic)) counts.set(topic, await this.topicList.partitionsOf(topic));
    const byPartition = new Map<string, { readonly topic: string; readonly partition: number; readonly some: NewRecord[] }>();
    for (const record of records) {
      const count = counts.get(record.topic)!;
      const partition = record.key === undefined ? this.keyless++ % count : partitionOf(record.key, count);
      const place = `${record.topic} ${partition}`;
      const lot = byPartition.get(place);
      if (lot === undefined) byPartition.set(place, { topic: record.topic, partition, some: [record] });
      else lot.some.push(record);
    }
    const sends: Promise<void>[] = [];
    for (const { topic, partition, some } of byPartition.values()) {
      for (const parcel of parcelsOf(some.map((record) => messageOf(record, partition)), some.map(sizeOf))) sends.push(this.producer.send(this.names.out(topic), partition, parcel));
    }
    const failed = (await Promise.allSettled(sends)).find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Resolves without waiting for a cluster that cannot be reached: records come once it is there. */
  async subscribe(group: string, topics: readonly string[]): Promise<Subscription> {
    try {
      for (const topic of topics) await this.topicList.partitionsOf(topic);
    } catch (error) {
      if (isForbidden(error) || !isUnreachable(error) || this.closing.signal.aborted) throw asBrokerError(error);
    }
    const { instanceId } = this.options;
    return this.join({ groupId: this.names.out(group), instanceId, topics, startsOf: (partitions) => this.groups.startsOf(group, partitions) });
  }

  async *read(topic: string, options: ReadOptions): AsyncIterable<LogRecord> {
    const reading = new KafkaReading(await this.extent(topic), options);
    if (options.untilIdle === 0 && reading.isEmpty) return;
    const groupId = `${this.names.readers}${randomUUID()}`;
    const subscription = this.join({ groupId, topics: [topic], startsOf: async (partitions) => partitions.map((one) => reading.startOf(one)) });
    const signal = options.signal === undefined ? this.closing.signal : AbortSignal.any([options.signal, this.closing.signal]);
    try {
      yield* reading.records(subscription, signal);
    } finally {
      await subscription.close();
      this.subscriptions.delete(subscription);
      // A group without commits vanishes by itself, later.
      if (!this.closing.signal.aborted) await this.admin.use((admin) => admin.deleteGroups([groupId])).catch(() => {});
    }
  }

  extent(topic: string): Promise<readonly Extent[]> {
    return this.topicList.extent(topic);
  }

  committed(group: string): Promise<readonly Position[]> {
    return this.groups.committed(group);
  }

  lag(): Promise<readonly Lag[]> {
    return this.groups.lag();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await Promise.all([this.producer.close(), this.admin.close()]);
  }

  private join(member: GroupMember): KafkaSubscription {
    const subscription = new KafkaSubscription(this.client, this.names, member, this.options.onLog);
    this.subscriptions.add(subscription);
    return subscription;
  }
}
