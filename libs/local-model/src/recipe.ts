import { type SvmOptions } from './linear-svm.js';
import { type BlockShares } from './vectoriser.js';

/** How one linear model is made: what it is read from, how wide it is, how it is trained. */
export interface LinearRecipe {
  readonly shares: BlockShares;
  /** Columns that hashed features fall into; a power of two. */
  readonly columns: number;
  readonly svm: SvmOptions;
}

/** Measured leave-one-author-out; see docs/decisions. 2^14 columns lose 0.5 points, 2^17 gain 0.2 for four times the size. */
export const STANDARD_RECIPE: LinearRecipe = {
  shares: { c: 0.7, w: 0.8, m: 0.5, s: 0.5, r: 0.05, q: 0.2, p: 0.1, x: 0.2 },
  columns: 1 << 15,
  svm: { cost: 5, tolerance: 0.1, maxEpochs: 30, seed: 1 },
};

/** The blocks `kl` and `km` are l and m seen together with the standard: what is hard differs from one standard to the next. */
export const LEVEL_RECIPE: LinearRecipe = {
  shares: { c: 1, m: 0.2, l: 0.15, q: 0.2, kl: 0.4, km: 0.3 },
  columns: 1 << 17,
  svm: { cost: 0.5, tolerance: 0.1, maxEpochs: 100, seed: 1 },
};

/** How much a text counts in training. */
export const TEXT_WEIGHTS = { problem: 1, statement: 0.1, phrases1: 0.1, phrases2: 0.05 } as const;

/** Changes when the same data would train another model: features, shares, costs. Part of a model's identity. */
export const RECIPE_VERSION = 2;
