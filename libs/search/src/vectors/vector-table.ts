import { PermanentError } from '@math-labeler/contracts';

/** Vectors of one size by number of slot, one behind the other in one array: ten thousand of 384 numbers are compared in a few milliseconds. */
export class VectorTable {
  private values: Float32Array;
  private readonly slots: number[] = [];
  private readonly rows = new Map<number, number>();

  constructor(private readonly dimensions: number) {
    this.values = new Float32Array(64 * dimensions);
  }

  /** Throws PermanentError SEARCH.WRONG_DIMENSION. */
  set(slot: number, vector: Float32Array): void {
    this.requireSize(vector);
    const row = this.rows.get(slot) ?? this.slots.length;
    if ((row + 1) * this.dimensions > this.values.length) this.grow();
    this.values.set(vector, row * this.dimensions);
    this.slots[row] = slot;
    this.rows.set(slot, row);
  }

  delete(slot: number): void {
    const row = this.rows.get(slot);
    if (row === undefined) return;
    const { dimensions, values, slots, rows } = this;
    const last = slots.length - 1;
    values.copyWithin(row * dimensions, last * dimensions, (last + 1) * dimensions);
    slots[row] = slots[last];
    rows.set(slots[row], row);
    slots.pop();
    rows.delete(slot);
  }

  /** Tells the inner product with each vector. Throws PermanentError SEARCH.WRONG_DIMENSION. */
  compare(vector: Float32Array, tell: (slot: number, product: number) => void): void {
    this.requireSize(vector);
    const { dimensions, values, slots } = this;
    const inFours = dimensions - (dimensions % 4);
    for (let row = 0; row < slots.length; row++) {
      const start = row * dimensions;
      // Four sums that do not wait for one another.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i < inFours; i += 4) {
        a += vector[i] * values[start + i];
        b += vector[i + 1] * values[start + i + 1];
        c += vector[i + 2] * values[start + i + 2];
        d += vector[i + 3] * values[start + i + 3];
      }
      for (let i = inFours; i < dimensions; i++) a += vector[i] * values[start + i];
      tell(slots[row], a + b + c + d);
    }
  }

  /** Throws PermanentError SEARCH.WRONG_DIMENSION. */
  requireSize({ length }: Float32Array): void {
    if (length !== this.dimensions) throw wrongDimension(length, this.dimensions);
  }

  private grow(): void {
    const values = new Float32Array(2 * this.values.length);
    values.set(this.values);
    this.values = values;
  }
}

/** The model behind an embedder's name is not the one that it was. */
export function wrongDimension(length: number, expected: number): PermanentError {
  return new PermanentError('SEARCH.WRONG_DIMENSION', `a vector has ${length} numbers where the others of its embedder have ${expected}; another model has answered under its name`);
}
