/** One piece of work at a time for each key, in order; those of different keys side by side, at most `width` of them. */
export class Lanes<Item> {
  private readonly lanes = new Map<string, Item[]>();
  private readonly ready: string[] = [];
  private firstReady = 0;
  private running = 0;
  private held = 0;

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
      lane.push(item);
      return;
    }
    this.lanes.set(key, [item]);
    this.ready.push(key);
    this.start();
  }

  /** Forgets everything that is not being worked on; gives what it forgot. */
  clear(): Item[] {
    const forgotten = [...this.lanes.values()].flatMap((lane) => lane);
    this.lanes.clear();
    this.ready.length = this.firstReady = 0;
    this.held = 0;
    return forgotten;
  }

  private start(): void {
    while (this.running < this.width && this.firstReady < this.ready.length) {
      const key = this.ready[this.firstReady++];
      if (this.firstReady === this.ready.length) this.ready.length = this.firstReady = 0;
      const lane = this.lanes.get(key);
      if (lane !== undefined) void this.run(key, lane);
    }
  }

  private async run(key: string, lane: Item[]): Promise<void> {
    this.running++;
    const wait = await this.work(lane[0]);
    this.running--;
    if (this.lanes.get(key) === lane) {
      if (wait === undefined) this.finish(key, lane);
      else setTimeout(() => this.again(key, lane), wait);
    }
    this.start();
  }

  private finish(key: string, lane: Item[]): void {
    this.held--;
    lane.shift();
    if (lane.length === 0) this.lanes.delete(key);
    else this.ready.push(key);
  }

  private again(key: string, lane: Item[]): void {
    if (this.lanes.get(key) !== lane) return;
    this.ready.push(key);
    this.start();
  }
}
