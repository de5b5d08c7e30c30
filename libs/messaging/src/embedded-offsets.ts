import { type Database, type Statement } from '@math-labeler/storage';
import { type Position } from './broker.js';
import { type LogPartition } from './embedded-log.js';

export interface GroupTopic {
  readonly group: string;
  readonly topic: string;
}

export interface PlaceInLog {
  readonly partition: LogPartition;
  readonly offset: number;
}

/** Where each group stands, and which groups read which topics. */
export class EmbeddedOffsets {
  private readonly statements: Record<'join' | 'put' | 'get' | 'of' | 'groups', Statement>;

  constructor(database: Database) {
    this.statements = {
      join: database.prepare('INSERT INTO log_groups VALUES (?, ?) ON CONFLICT DO NOTHING'),
      put: database.prepare('INSERT INTO log_offsets VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next'),
      get: database.prepare('SELECT next FROM log_offsets WHERE group_name = ? AND partition_id = ?'),
      of: database.prepare(`
        SELECT p.topic, p.partition, o.next AS "offset" FROM log_offsets o JOIN log_partitions p ON p.id = o.partition_id
        WHERE o.group_name = ? ORDER BY p.topic, p.partition`),
      groups: database.prepare('SELECT group_name AS "group", topic FROM log_groups ORDER BY group_name, topic'),
    };
  }

  /** Within a transaction. */
  join(group: string, topics: Iterable<string>): void {
    for (const topic of topics) this.statements.join.run(group, topic);
  }

  /** Within a transaction. */
  put(group: string, places: readonly PlaceInLog[]): void {
    for (const { partition, offset } of places) this.statements.put.run(group, partition.id, offset);
  }

  get(group: string, partition: LogPartition): number | undefined {
    return (this.statements.get.get(group, partition.id) as { readonly next: number } | undefined)?.next;
  }

  of(group: string): Position[] {
    return (this.statements.of.all(group) as Position[]).map(({ topic, partition, offset }) => ({ topic, partition, offset }));
  }

  /** Every group that has ever subscribed, with each of its topics. */
  groups(): GroupTopic[] {
    return this.statements.groups.all() as GroupTopic[];
  }
}
