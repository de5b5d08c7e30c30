interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one item of a batch. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

/** Items of one batch at most. */
const LARGEST = 256;

/**
 * Brings what is asked for within one turn of the event loop, and while earlier batches are under way, into one batch: a round trip costs much the same
 * however much travels with it. Items of the same key are never in two batches at once.
 */
export class Batches<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private readonly busy = new Set<string>();
  private free: number;
  private immediate?: NodeJS.Immediate;

  /** @param work gives the outcomes in the order of the items, or rejects for all */
  constructor(
    private readonly keyOf: (item: Item) => string,
    private readonly work: (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>,
    lanes: number,
  ) {
    this.free = lanes;
  }

  run(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.free > 0 && this.waiting.length > 0) this.immediate ??= setImmediate(() => this.next());
  }

  private next(): void {
    this.immediate = undefined;
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const each of this.waiting) (batch.length < LARGEST && !this.busy.has(this.keyOf(each.item)) ? batch : later).push(each);
    this.waiting = later;
    if (batch.length > 0) void this.send(batch);
  }

  private async send(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const keys = new Set(batch.map(({ item }) => this.keyOf(item)));
    for (const key of keys) this.busy.add(key);
    this.free -= 1;
    try {
      const outcomes = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i];
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.result);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const key of keys) this.busy.delete(key);
      this.free += 1;
      this.schedule();
    }
  }
}
