import { type Broker, type Extent, type Position } from '@math-labeler/messaging';

/** How many records a topic holds: exact where nothing was compacted away. */
export async function recordsIn(broker: Broker, topic: string): Promise<number> {
  return (await broker.extent(topic)).reduce((sum, { first, end }) => sum + end - first, 0);
}

/** Where a reading begins that wants new records alone. */
export async function endsOf(broker: Broker, topic: string): Promise<Position[]> {
  return (await broker.extent(topic)).map(({ partition, end }: Extent) => ({ topic, partition, offset: end }));
}
