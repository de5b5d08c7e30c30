import { type DocumentFrequencies, documentFrequency } from './document-frequencies.js';
import { type SparseVector } from './sparse-matrix.js';

/** How much of a vector's squared length each block of features has. */
export type BlockShares = Readonly<Record<string, number>>;

/**
 * Turns hashed features into a vector: each known feature weighs ln((1 + N) / (1 + df)) + 1, each block is scaled to
 * length 1 and then by the square root of its share, and features fall into a few columns with the sign of their top bit
 * (Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009).
 */
export class Vectoriser {
  private readonly parts: readonly { readonly position: number; readonly weight: number }[];
  private readonly idf: Float64Array;
  private readonly sums: Float64Array;
  private readonly touched: Uint8Array;

  /** `blocks` is the order in which the hashes of a text come; `columns` a power of two. */
  constructor(
    shares: BlockShares,
    blocks: readonly string[],
    private readonly frequencies: DocumentFrequencies,
    private readonly columns: number,
  ) {
    this.sums = new Float64Array(columns);
    this.touched = new Uint8Array(columns);
    this.parts = blocks.flatMap((block, position) => {
      const share = shares[block];
      return share === undefined ? [] : [{ position, weight: Math.sqrt(share) }];
    });
    const common = 4096;
    this.idf = Float64Array.from({ length: common }, (_, df) => this.inverseFrequency(df));
  }

  private inverseFrequency(df: number): number {
    return Math.log((1 + this.frequencies.problems) / (1 + df)) + 1;
  }

  /** The value of one feature before its block is scaled; 0 for a feature that no training problem had. */
  featureValue(hash: number): number {
    const df = documentFrequency(this.frequencies, hash);
    if (df === 0) return 0;
    return df < this.idf.length ? this.idf[df] : this.inverseFrequency(df);
  }

  columnOf(hash: number): number {
    return hash & (this.columns - 1);
  }

  /** `hashes`: distinct feature hashes, one array per block. */
  vectorise(hashes: readonly Uint32Array[]): SparseVector {
    const { sums, touched } = this;
    const used: number[] = [];
    for (const { position, weight } of this.parts) {
      const block = hashes[position];
      let squared = 0;
      for (const hash of block) {
        const value = this.featureValue(hash);
        squared += value * value;
      }
      if (squared === 0) continue;
      const scale = weight / Math.sqrt(squared);
      for (const hash of block) {
        const value = this.featureValue(hash);
        if (value === 0) continue;
        const column = this.columnOf(hash);
        if (touched[column] === 0) {
          touched[column] = 1;
          used.push(column);
        }
        sums[column] += hash >>> 31 === 1 ? -value * scale : value * scale;
      }
    }
    const indices = Uint32Array.from(used);
    const values = new Float32Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      const column = indices[i];
      values[i] = sums[column];
      sums[column] = 0;
      touched[column] = 0;
    }
    return { indices, values };
  }

  /** Share of a block's features that training problems had: 1 is familiar, 0 is all new. */
  familiarity(block: Uint32Array): number {
    if (block.length === 0) return 0;
    let known = 0;
    for (const hash of block) if (documentFrequency(this.frequencies, hash) > 0) known++;
    return known / block.length;
  }
}
