/** The best `limit` of many offers, in a binary heap whose root is the least of them. `compare` puts the better first. */
export class TopHits<T extends { readonly score: number }> {
  private readonly heap: T[] = [];

  constructor(
    private readonly limit: number,
    private readonly compare: (a: T, b: T) => number,
  ) {}

  /** Whether an offer of this score can still be among the best; nothing without a positive score is. */
  accepts(score: number): boolean {
    return score > 0 && this.limit > 0 && (this.heap.length < this.limit || score >= this.heap[0].score);
  }

  /** Takes an offer whose score it accepts. */
  offer(hit: T): void {
    if (this.heap.length < this.limit) this.rise(this.heap.push(hit) - 1);
    else if (this.compare(hit, this.heap[0]) < 0) this.sink(hit);
  }

  best(): T[] {
    return this.heap.sort(this.compare);
  }

  private rise(from: number): void {
    const hit = this.heap[from];
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.compare(hit, this.heap[parent]) < 0) break;
      this.heap[at] = this.heap[parent];
      at = parent;
    }
    this.heap[at] = hit;
  }

  /** Puts a hit in the root's place. */
  private sink(hit: T): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.compare(heap[child], heap[child + 1]) < 0) child += 1;
      if (this.compare(heap[child], hit) < 0) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = hit;
  }
}
