import { setTimeout as pause } from 'node:timers/promises';
import { type Admin, type ITopicMetadata } from 'kafkajs';
import { type TopicSettings, TransientError } from '@math-labeler/contracts';
import { type Extent } from '../broker.js';
import { type KafkaAdmin } from './kafka-admin.js';
import { KAFKA } from './kafka-client.js';
import { asBrokerError } from './kafka-errors.js';
import { type KafkaNames } from './kafka-names.js';

const HOUR = 3_600_000;
const MOST_COPIES = 3;
const USABLE_WITHIN_MS = 15_000;
/** How long the number of a topic's partitions is taken for true, in ms. */
const KNOWN_MS = 5000;
/** Of a configuration entry: it was set for this topic. */
const SET_FOR_TOPIC = 1;

type Configs = Readonly<Record<string, string>>;

/** What a topic is to be, what it is now, and so what is to be done. */
export interface TopicPlan {
  readonly topic: string;
  readonly step: 'make' | 'change' | 'keep';
  readonly partitions: number;
  /** Of each partition; those of a topic that exists are never changed. */
  readonly copies: number;
  readonly configs: Configs;
  /** Undefined for a topic that is made. */
  readonly before?: { readonly partitions: number; readonly configs: Configs };
}

/** The topics of this installation in the cluster. */
export class KafkaTopics {
  private readonly counts = new Map<string, { readonly count: number; readonly at: number }>();
  private readonly asking = new Map<string, Promise<number>>();

  constructor(
    private readonly admin: KafkaAdmin,
    private readonly names: KafkaNames,
    private readonly replication: number | undefined,
  ) {}

  /** What `create` would do, without doing it. */
  plan(topics: readonly TopicSettings[]): Promise<TopicPlan[]> {
    return this.admin.use((admin) => this.planWith(admin, topics));
  }

  /** Makes what is missing and changes what differs; partitions are added, never taken away. Gives what it did. */
  async create(topics: readonly TopicSettings[]): Promise<TopicPlan[]> {
    return this.admin.use(async (admin) => {
      const plans = await this.planWith(admin, topics);
      const missing = plans.filter(({ step }) => step === 'make');
      if (missing.length > 0) await admin.createTopics({ waitForLeaders: false, topics: missing.map(({ topic, partitions, copies, configs }) => ({ topic: this.names.out(topic), numPartitions: partitions, replicationFactor: copies, configEntries: entriesOf(configs) })) });
      const grown = plans.filter(({ step, partitions, before }) => step === 'change' && before!.partitions < partitions);
      if (grown.length > 0) await admin.createPartitions({ topicPartitions: grown.map(({ topic, partitions }) => ({ topic: this.names.out(topic), count: partitions })) });
      const altered = plans.filter(({ step, configs, before }) => step === 'change' && !holds(before!.configs, configs));
      // Kafka forgets whatever else was set for a topic unless it is told again.
      const resources = altered.map(({ topic, configs, before }) => ({ type: KAFKA.configResources.TOPIC, name: this.names.out(topic), configEntries: entriesOf({ ...before!.configs, ...configs }) }));
      if (resources.length > 0) await admin.alterConfigs({ validateOnly: false, resources });
      for (const { topic } of plans) this.counts.delete(topic);
      for (const { topic, partitions } of plans) await this.untilUsable(admin, this.names.out(topic), partitions);
      return plans;
    });
  }

  async list(): Promise<TopicSettings[]> {
    return this.admin.use(async (admin) => {
      const ours = (await allTopics(admin)).filter(({ name }) => this.names.isOurs(name));
      const configs = await configsIn(admin, ours.map(({ name }) => name));
      return ours.map(({ name, partitions }) => ({ name: this.names.in(name), partitions: partitions.length, ...settingsIn(configs.get(name) ?? {}) })).sort((a, b) => (a.name < b.name ? -1 : 1));
    });
  }

  /** How many partitions a topic has; rejects when it does not exist. Many ask at once, and few of them need ask the cluster. */
  async partitionsOf(topic: string): Promise<number> {
    const known = this.counts.get(topic);
    if (known === undefined) return this.ask(topic);
    if (Date.now() - known.at > KNOWN_MS) void this.ask(topic).catch(() => {});
    return known.count;
  }

  async extent(topic: string): Promise<Extent[]> {
    const offsets = await this.admin.use((admin) => admin.fetchTopicOffsets(this.names.out(topic)));
    return offsets.map(({ partition, low, high }) => ({ topic, partition, first: Number(low), end: Number(high) })).sort((a, b) => a.partition - b.partition);
  }

  private ask(topic: string): Promise<number> {
    let asking = this.asking.get(topic);
    if (asking === undefined) {
      asking = this.count(topic).finally(() => this.asking.delete(topic));
      this.asking.set(topic, asking);
    }
    return asking;
  }

  private async count(topic: string): Promise<number> {
    const { topics } = await this.admin.use((admin) => admin.fetchTopicMetadata({ topics: [this.names.out(topic)] }));
    const count = topics[0].partitions.length;
    this.counts.set(topic, { count, at: Date.now() });
    return count;
  }

  private async planWith(admin: Admin, topics: readonly TopicSettings[]): Promise<TopicPlan[]> {
    const there = new Map((await allTopics(admin)).map((one) => [one.name, one]));
    const usual = this.replication ?? Math.min(MOST_COPIES, (await admin.describeCluster()).brokers.length);
    const set = await configsIn(admin, topics.map(({ name }) => this.names.out(name)).filter((name) => there.has(name)));
    return topics.map((topic) => {
      const name = this.names.out(topic.name);
      const found = there.get(name);
      if (found === undefined) return { topic: topic.name, step: 'make', partitions: topic.partitions, copies: usual, configs: configsOf(topic, usual) };
      const copies = found.partitions[0].replicas.length;
      const configs = configsOf(topic, copies);
      const before = { partitions: found.partitions.length, configs: set.get(name) ?? {} };
      const partitions = Math.max(before.partitions, topic.partitions);
      return { topic: topic.name, step: partitions === before.partitions && holds(before.configs, configs) ? 'keep' : 'change', partitions, copies, configs, before };
    });
  }

  /** A leader is named before it serves: only one that gives offsets proves that a partition can be written. */
  private async untilUsable(admin: Admin, name: string, partitions: number): Promise<void> {
    for (const last = Date.now() + USABLE_WITHIN_MS; ; await pause(20)) {
      try {
        const [{ partitions: named }] = (await admin.fetchTopicMetadata({ topics: [name] })).topics;
        if (named.length >= partitions && (await admin.fetchTopicOffsets(name)).length >= partitions) return;
      } catch (error) {
        if (Date.now() > last) throw asBrokerError(error);
      }
      if (Date.now() > last) throw new TransientError(`${name} cannot be used yet`);
    }
  }
}

async function allTopics(admin: Admin): Promise<ITopicMetadata[]> {
  return (await admin.fetchTopicMetadata()).topics;
}

/** What was set for each of these topics, by its name. */
async function configsIn(admin: Admin, names: readonly string[]): Promise<Map<string, Configs>> {
  if (names.length === 0) return new Map();
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: names.map((name) => ({ type: KAFKA.configResources.TOPIC, name })) });
  return new Map(
    resources.map(({ resourceName, configEntries }) => {
      const set = configEntries.filter(({ configSource, configName }) => Number(configSource) === SET_FOR_TOPIC || configName === 'retention.ms');
      return [resourceName, Object.fromEntries(set.map(({ configName, configValue }) => [configName, configValue]))];
    }),
  );
}

function settingsIn(configs: Configs): Pick<TopicSettings, 'retentionHours' | 'isCompacted'> {
  return { retentionHours: Number(configs['retention.ms']) / HOUR, ...(configs['cleanup.policy']?.includes('compact') ? { isCompacted: true } : {}) };
}

function configsOf({ retentionHours, isCompacted }: TopicSettings, copies: number): Configs {
  return {
    'retention.ms': String(Math.round(retentionHours * HOUR)),
    'cleanup.policy': isCompacted ? 'compact,delete' : 'delete',
    // A write is safe once all copies but one have it, and goes on while one of them is away.
    'min.insync.replicas': String(Math.max(1, copies - 1)),
  };
}

function holds(now: Configs, wanted: Configs): boolean {
  return Object.entries(wanted).every(([name, value]) => now[name] === value);
}

function entriesOf(configs: Configs): { name: string; value: string }[] {
  return Object.entries(configs).map(([name, value]) => ({ name, value }));
}
