import { type Broker, type Position } from '@math-labeler/messaging';

export interface Extent {
  readonly records: number;
  /** Where each partition that holds records ends: the offset after its last one. */
  readonly ends: readonly Position[];
}

/** How much a topic holds now, by reading it through. */
export async function extentOf(broker: Broker, topic: string): Promise<Extent> {
  let records = 0;
  const ends = new Map<number, Position>();
  for await (const { partition, offset } of broker.read(topic, { untilIdle: 0 })) {
    records++;
    ends.set(partition, { topic, partition, offset: offset + 1 });
  }
  return { records, ends: [...ends.values()] };
}
