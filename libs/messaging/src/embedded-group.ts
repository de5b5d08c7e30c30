import { type EmbeddedLog, type LogPartition } from './embedded-log.js';
import { type EmbeddedOffsets } from './embedded-offsets.js';
import { EmbeddedSubscription } from './embedded-subscription.js';
import { type EmbeddedWriter } from './embedded-writer.js';

/** How long an offset may wait to be written along with records, in ms. */
const COMMIT_WITHIN_MS = 20;

/** The members of one group and how its partitions are shared among them. */
export class EmbeddedGroup {
  readonly members: EmbeddedSubscription[] = [];

  constructor(
    private readonly name: string,
    private readonly log: EmbeddedLog,
    private readonly offsets: EmbeddedOffsets,
    private readonly writer: EmbeddedWriter,
  ) {}

  join(topics: readonly string[]): EmbeddedSubscription {
    const member: EmbeddedSubscription = new EmbeddedSubscription(this.log, new Set(topics), {
      commit: (places) => this.writer.write(() => this.offsets.put(this.name, places), COMMIT_WITHIN_MS),
      leave: () => this.leave(member),
    });
    this.members.push(member);
    this.share();
    return member;
  }

  /** Gives each partition its member; those that keep their member go on without a break. */
  share(): void {
    const shares = new Map(this.members.map((member) => [member, new Set<LogPartition>()]));
    let turn = 0;
    for (const partition of this.partitions()) {
      const candidates = this.members.filter(({ topics }) => topics.has(partition.topic));
      shares.get(candidates[turn++ % candidates.length])!.add(partition);
    }
    for (const [member, partitions] of shares) member.keepOnly(partitions);
    // What the old owners have committed is where the new ones begin.
    this.writer.flush();
    for (const [member, partitions] of shares) member.takeOver(partitions, (partition) => this.startOf(partition));
  }

  /** Ends every member. */
  close(): void {
    for (const member of this.members.splice(0)) member.end();
  }

  private leave(member: EmbeddedSubscription): void {
    this.members.splice(this.members.indexOf(member), 1);
    this.share();
  }

  private partitions(): LogPartition[] {
    const names = new Set(this.members.flatMap(({ topics }) => [...topics]));
    return [...names].sort().flatMap((name) => this.log.topic(name)?.partitions ?? []);
  }

  private startOf(partition: LogPartition): number {
    return Math.max(this.offsets.get(this.name, partition) ?? 0, this.log.earliest(partition));
  }
}
