import { type Admin } from 'kafkajs';
import { type Lag, type Partition, type Position } from '../broker.js';
import { type KafkaAdmin } from './kafka-admin.js';
import { topicsOfMember } from './kafka-client.js';
import { type KafkaNames } from './kafka-names.js';
import { type KafkaTopics } from './kafka-topics.js';

/** Where the groups of this installation stand. */
export class KafkaGroups {
  constructor(
    private readonly admin: KafkaAdmin,
    private readonly topics: KafkaTopics,
    private readonly names: KafkaNames,
  ) {}

  async committed(group: string): Promise<Position[]> {
    return this.admin.use(async (admin) => this.positionsIn(await admin.fetchOffsets({ groupId: this.names.out(group) })));
  }

  /** Where a group goes on: where it stands, or at the earliest record that is kept. */
  async startsOf(group: string, partitions: readonly Partition[]): Promise<number[]> {
    const names = [...new Set(partitions.map(({ topic }) => topic))];
    const [extents, offsets] = await Promise.all([
      Promise.all(names.map((name) => this.topics.extent(name))),
      this.admin.use((admin) => admin.fetchOffsets({ groupId: this.names.out(group), topics: names.map((name) => this.names.out(name)) })),
    ]);
    const stands = placesOf(this.positionsIn(offsets));
    const firsts = placesOf(extents.flat().map(({ topic, partition, first }) => ({ topic, partition, offset: first })));
    return partitions.map((one) => Math.max(stands.get(placeOf(one)) ?? 0, firsts.get(placeOf(one)) ?? 0));
  }

  async lag(): Promise<Lag[]> {
    const topicsOf = await this.admin.use((admin) => this.topicsByGroup(admin));
    const there = new Set((await this.topics.list()).map(({ name }) => name));
    const names = [...new Set([...topicsOf.values()].flatMap((names) => [...names]))].filter((name) => there.has(name));
    const extents = new Map(await Promise.all(names.map(async (name) => [name, await this.topics.extent(name)] as const)));
    const lags = await Promise.all(
      [...topicsOf].map(async ([group, topics]) => {
        const stands = placesOf(await this.committed(group));
        return [...topics].sort().flatMap((name) => (extents.get(name) ?? []).map(({ topic, partition, first, end }) => ({ group, topic, partition, committed: Math.max(stands.get(placeOf({ topic, partition })) ?? first, first), end })));
      }),
    );
    return lags.flat();
  }

  /** The topics on which each group has committed, and those that its present members read. */
  private async topicsByGroup(admin: Admin): Promise<Map<string, Set<string>>> {
    const ids = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => this.names.isOurs(id));
    const found = new Map(ids.sort().map((id) => [this.names.in(id), new Set<string>()]));
    if (ids.length === 0) return found;
    const { groups } = await admin.describeGroups(ids);
    for (const { groupId, members } of groups) {
      for (const topic of members.flatMap(topicsOfMember)) found.get(this.names.in(groupId))?.add(this.names.in(topic));
    }
    for (const [group, topics] of found) for (const { topic } of this.positionsIn(await admin.fetchOffsets({ groupId: this.names.out(group) }))) topics.add(topic);
    return found;
  }

  private positionsIn(offsets: Awaited<ReturnType<Admin['fetchOffsets']>>): Position[] {
    return offsets
      .filter(({ topic }) => this.names.isOurs(topic))
      .flatMap(({ topic, partitions }) => partitions.map(({ partition, offset }) => ({ topic: this.names.in(topic), partition, offset: Number(offset) })))
      .filter(({ offset }) => offset >= 0)
      .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  }
}

function placesOf(positions: readonly Position[]): Map<string, number> {
  return new Map(positions.map((position) => [placeOf(position), position.offset]));
}

function placeOf({ topic, partition }: Partition): string {
  return `${topic} ${partition}`;
}
