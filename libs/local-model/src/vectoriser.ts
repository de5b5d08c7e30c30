import { type DocumentFrequencies, documentFrequency } from './document-frequencies.js';
import { type BlockName } from './features/blocks.js';
import { type SparseVector } from './sparse-matrix.js';

/** How much of a vector's squared length each block of features has. */
export type BlockShares = Readonly<Partial<Record<BlockName, number>>>;

/** 2^15 columns: 2^14 loses 0.5 points, 2^16 and 2^18 gain nothing. */
export const COLUMNS = 1 << 15;

/**
 * Turns hashed features into a vector: each known feature weighs ln((1 + N) / (1 + df)) + 1, each block is scaled to
 * length 1 and then by the square root of its share, and features fall into 2^15 columns with the sign of their top bit
 * (Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009).
 */
export class Vectoriser {
  private readonly parts: readonly { readonly position: number; readonly weight: number }[];
  private readonly idf: Float64Array;
  private readonly sums = new Float64Array(COLUMNS);
  private readonly touched = new Uint8Array(COLUMNS);

  /** `blocks` is the order in which the hashes of a text come. */
  constructor(
    readonly shares: BlockShares,
    blocks: readonly BlockName[],
    private readonly frequencies: DocumentFrequencies,
  ) {
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

  /** `hashes`: distinct feature hashes, one array per block. */
  vectorise(hashes: readonly Uint32Array[]): SparseVector {
    const { sums, touched } = this;
    const columns: number[] = [];
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
        const column = hash & (COLUMNS - 1);
        if (touched[column] === 0) {
          touched[column] = 1;
          columns.push(column);
        }
        sums[column] += hash >>> 31 === 1 ? -value * scale : value * scale;
      }
    }
    const indices = Uint16Array.from(columns);
    const values = new Float32Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      const column = indices[i];
      values[i] = sums[column];
      sums[column] = 0;
      touched[column] = 0;
    }
    return { indices, values };
  }

  /** Share of the features of a block (by its position) that training problems had: 1 is familiar, 0 is all new. */
  familiarity(block: Uint32Array): number {
    if (block.length === 0) return 0;
    let known = 0;
    for (const hash of block) if (documentFrequency(this.frequencies, hash) > 0) known++;
    return known / block.length;
  }
}
