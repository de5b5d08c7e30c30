/**
 * The unfinished offsets of one partition. The committed offset may only be the lowest of them: whatever lies below is finished, however
 * far others have got.
 */
export class Watermark {
  private readonly open: { readonly offset: number; finished: boolean }[] = [];
  private first = 0;
  private readonly byOffset = new Map<number, { finished: boolean }>();
  private next = 0;

  /** Offsets come in rising order, with gaps where the log has them. */
  begin(offset: number): void {
    const entry = { offset, finished: false };
    this.open.push(entry);
    this.byOffset.set(offset, entry);
    this.next = offset + 1;
  }

  /** Gives the offset to commit if it has risen, else undefined. */
  finish(offset: number): number | undefined {
    const entry = this.byOffset.get(offset);
    if (entry === undefined) throw new RangeError(`offset ${offset} was not begun`);
    entry.finished = true;
    this.byOffset.delete(offset);
    const before = this.first;
    while (this.first < this.open.length && this.open[this.first].finished) this.first++;
    if (this.first === before) return undefined;
    const lowest = this.first < this.open.length ? this.open[this.first].offset : this.next;
    if (this.first > 1024 || this.first === this.open.length) {
      this.open.splice(0, this.first);
      this.first = 0;
    }
    return lowest;
  }

  /** How many records were begun since the oldest that is unfinished. */
  get width(): number {
    return this.open.length - this.first;
  }
}
