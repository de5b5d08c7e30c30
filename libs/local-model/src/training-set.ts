import { type BlockName } from './features/blocks.js';
import { type HashedCorpus } from './hashed-corpus.js';

/** What every feature of a text is extracted into, in the order in which a corpus lays its blocks out. */
export const BLOCKS: readonly BlockName[] = ['c', 'w', 'm', 's', 'r', 'q', 'p', 'x', 'l'];

/** Training texts as flat arrays, so that several threads can learn from them without copying. */
export interface TrainingSet {
  readonly corpus: HashedCorpus;
  readonly standards: Uint8Array;
  /** Position in LEVELS, or 255 without one. */
  readonly levels: Uint8Array;
  readonly weights: Float32Array;
  /** Fold of the row's author, or 255 for texts that every fold learns from. */
  readonly folds: Uint8Array;
  readonly standardCount: number;
}

export const NONE = 255;
