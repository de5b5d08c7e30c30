import { type LogRecord, type Partition, type Subscription } from './broker.js';
import { Watermark } from './watermark.js';

/** A partition for as long as the member has it. */
export interface Hold extends Partition {
  readonly watermark: Watermark;
  /** What may be committed: the lowest unfinished offset. */
  lowest: number;
  paused: boolean;
  /** It has been taken away: what is held of it is somebody else's now. */
  lost: boolean;
}

/** The partitions that a member has, how far each is finished, and what of it has yet to be committed. */
export class Holds {
  private readonly holds = new Map<string, Hold>();
  private readonly risen = new Set<Hold>();

  /** @param maxAhead records that a partition may run ahead of its oldest unfinished one before it is paused */
  constructor(
    private readonly subscription: Subscription,
    private readonly maxAhead: number,
  ) {
    subscription.onRevoked((partitions) => partitions.forEach((partition) => this.lose(partition)));
  }

  begin(record: LogRecord): Hold {
    const hold = this.holdOf(record);
    hold.watermark.begin(record.offset);
    if (!hold.paused && hold.watermark.width >= this.maxAhead) {
      hold.paused = true;
      this.subscription.pause([hold]);
    }
    return hold;
  }

  /** To be told once of each record that was begun. */
  finish(hold: Hold, offset: number): void {
    const lowest = hold.watermark.finish(offset);
    if (lowest === undefined || hold.lost) return;
    hold.lowest = lowest;
    this.risen.add(hold);
    if (hold.paused && hold.watermark.width <= this.maxAhead / 2) this.goOn(hold);
  }

  /** Not to be called again before it has settled: a late answer would set a position back. What could not be committed is kept for the next time. */
  async commit(): Promise<void> {
    if (this.risen.size === 0) return;
    const risen = [...this.risen];
    this.risen.clear();
    try {
      await this.subscription.commit(risen.map(({ topic, partition, lowest }) => ({ topic, partition, offset: lowest })));
    } catch (error) {
      for (const hold of risen) if (!hold.lost) this.risen.add(hold);
      throw error;
    }
  }

  private holdOf({ topic, partition }: Partition): Hold {
    const name = nameOf(topic, partition);
    let hold = this.holds.get(name);
    if (hold === undefined) this.holds.set(name, (hold = { topic, partition, watermark: new Watermark(), lowest: 0, paused: false, lost: false }));
    return hold;
  }

  private lose({ topic, partition }: Partition): void {
    const name = nameOf(topic, partition);
    const hold = this.holds.get(name);
    if (hold === undefined) return;
    hold.lost = true;
    this.holds.delete(name);
    this.risen.delete(hold);
    // It may come back to this member, and a pause that outlived its reason would never end.
    if (hold.paused) this.goOn(hold);
  }

  private goOn(hold: Hold): void {
    hold.paused = false;
    this.subscription.resume([hold]);
  }
}

function nameOf(topic: string, partition: number): string {
  return `${topic} ${partition}`;
}
