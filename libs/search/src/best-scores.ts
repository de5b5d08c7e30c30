/**
 * The `limit` greatest of many positive scores. Bare numbers in one heap whose root is the least of them: looking for the best of
 * ten thousand documents would otherwise be the larger part of a search.
 */
export class BestScores {
  private readonly heap: Float64Array;
  private size = 0;

  constructor(private readonly limit: number) {
    this.heap = new Float64Array(limit);
  }

  /** What a score must exceed to be among the best: 0 until there are enough, then the least of them. */
  get bar(): number {
    if (this.limit === 0) return Infinity;
    return this.size < this.limit ? 0 : this.heap[0];
  }

  /** Takes a score that exceeds the bar. */
  add(score: number): void {
    if (this.size < this.limit) this.rise(score);
    else this.sink(score);
  }

  private rise(score: number): void {
    const { heap } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent] <= score) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = score;
  }

  /** Puts a score in the root's place. */
  private sink(score: number): void {
    const { heap, size } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && heap[child + 1] < heap[child]) child++;
      if (heap[child] >= score) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = score;
  }
}
