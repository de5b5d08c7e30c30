interface Lane<Item> {
  readonly key: string;
  readonly items: Item[];
  working: boolean;
  /** Set while the first item waits for its next try. */
  waiting?: NodeJS.Timeout;
}

/** Places of `ready` that are given back at once: one by one would move the rest each time. */
const SPENT = 1024;

/** One piece of work at a time for each key, in order; those of different keys side by side, at most `width` of them. */
export class Lanes<Item> {
  private readonly lanes = new Map<string, Lane<Item>>();
  private readonly ready: Lane<Item>[] = [];
  private firstReady = 0;
  private running = 0;
  private held = 0;
  private whenIdle: (() => void)[] = [];

  /**
   * @param work handles an item; resolves with how long to wait, in ms, before the same item is to be tried again, or with undefined when it is
   * finished. Waiting takes no place from other keys. Must not reject.
   */
  constructor(
    private readonly width: number,
    private readonly work: (item: Item) => Promise<number | undefined>,
  ) {}

  /** Items that are not finished. */
  get size(): number {
    return this.held;
  }

  /** Items being worked on just now. */
  get active(): number {
    return this.running;
  }

  add(key: string, item: Item): void {
    this.held++;
    const lane = this.lanes.get(key);
    if (lane !== undefined) {
      lane.items.push(item);
      return;
    }
    const fresh = { key, items: [item], working: false };
    this.lanes.set(key, fresh);
    this.ready.push(fresh);
    this.start();
  }

  /** Forgets everything that is not being worked on; gives what it forgot. */
  clear(): Item[] {
    const forgotten: Item[] = [];
    for (const lane of this.lanes.values()) {
      clearTimeout(lane.waiting);
      forgotten.push(...lane.items.splice(lane.working ? 1 : 0));
      if (!lane.working) this.lanes.delete(lane.key);
    }
    this.ready.length = this.firstReady = 0;
    this.held -= forgotten.length;
    return forgotten;
  }

  /** Resolves once nothing is being worked on. */
  async idle(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private start(): void {
    while (this.running < this.width && this.firstReady < this.ready.length) {
      const lane = this.ready[this.firstReady++];
      if (this.firstReady === this.ready.length || this.firstReady > SPENT) {
        this.ready.splice(0, this.firstReady);
        this.firstReady = 0;
      }
      void this.run(lane);
    }
  }

  private async run(lane: Lane<Item>): Promise<void> {
    this.running++;
    lane.working = true;
    const waitMs = await this.work(lane.items[0]);
    lane.working = false;
    this.running--;
    if (waitMs === undefined) this.finish(lane);
    else lane.waiting = setTimeout(() => this.again(lane), waitMs);
    this.start();
    if (this.running === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private finish(lane: Lane<Item>): void {
    this.held--;
    lane.items.shift();
    if (lane.items.length === 0) this.lanes.delete(lane.key);
    else this.ready.push(lane);
  }

  private again(lane: Lane<Item>): void {
    lane.waiting = undefined;
    this.ready.push(lane);
    this.start();
  }
}
