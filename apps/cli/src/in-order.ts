export interface Batching<Item> {
  /** Items of a batch. */
  readonly size: number;
  readonly weightOf: (item: Item) => number;
  /** Of a batch together; an item that is heavier alone is a batch alone. */
  readonly weight: number;
  /** The longest that an item waits for others to come, in ms. */
  readonly withinMs: number;
  /** Batches that are worked on side by side. */
  readonly inFlight: number;
}

interface Batch<Item> {
  readonly items: readonly Item[];
  /** The input has nothing more just now. */
  readonly isLast: boolean;
}

/**
 * Works on batches side by side and gives their results in the order of the items; the first failure ends it. While the input has nothing more,
 * everything that was begun is waited for, so that what trickles in comes out as well.
 */
export async function* inOrder<Item, Result>(items: AsyncIterable<Item>, batching: Batching<Item>, work: (batch: readonly Item[]) => Promise<readonly Result[]>): AsyncGenerator<Result> {
  const working: Promise<readonly Result[]>[] = [];
  for await (const { items: batch, isLast } of batches(items, batching)) {
    const begun = work(batch);
    begun.catch(() => {}); // Its failure is heard when its turn comes.
    working.push(begun);
    while (working.length >= batching.inFlight || (isLast && working.length > 0)) yield* await working.shift()!;
  }
  for (const begun of working) yield* await begun;
}

async function* batches<Item>(items: AsyncIterable<Item>, { size, weight, weightOf, withinMs }: Batching<Item>): AsyncGenerator<Batch<Item>> {
  const iterator = items[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<Item>> => {
    const asked = iterator.next();
    asked.catch(() => {}); // Heard when it is waited for.
    return asked;
  };
  try {
    let next = ask();
    for (let first = await next; !first.done; first = await next) {
      const batch = [first.value];
      let heavy = weightOf(first.value);
      let ending: 'full' | 'late' | 'done' | undefined;
      const patience = timer(withinMs);
      next = ask();
      while (ending === undefined) {
        const step = await Promise.race([next, patience.late]);
        if (step === 'late') ending = 'late';
        else if (step.done) ending = 'done';
        else if (batch.length === size || heavy + weightOf(step.value) > weight) ending = 'full';
        else {
          batch.push(step.value);
          heavy += weightOf(step.value);
          next = ask();
        }
      }
      patience.stop();
      yield { items: batch, isLast: ending !== 'full' };
    }
  } finally {
    // Not waited for: a terminal that says nothing would hold up the end.
    void iterator.return?.();
  }
}

function timer(ms: number): { readonly late: Promise<'late'>; stop(): void } {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timeout = setTimeout(() => resolve('late'), ms)));
  return { late, stop: () => clearTimeout(timeout) };
}
