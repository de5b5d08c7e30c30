/** Rows of a sparse matrix in compressed form (CSR): row `i` is `indices` and `values` from `offsets[i]` to `offsets[i + 1]`. */
export interface SparseMatrix {
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** One sparse row: distinct column indices with their values. */
export interface SparseVector {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

export function rowCount(matrix: SparseMatrix): number {
  return matrix.offsets.length - 1;
}
