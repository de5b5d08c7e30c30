import { type SvmOptions } from './linear-svm.js';
import { type BlockShares } from './vectoriser.js';

/** What the standard is read from, and how much each block counts. Measured leave-one-author-out: docs/decisions/0002. */
export const STANDARD_SHARES: BlockShares = { c: 0.7, w: 0.8, m: 0.5, s: 0.5, r: 0.05, q: 0.2, p: 0.1, x: 0.2 };
export const STANDARD_SVM: SvmOptions = { cost: 5, tolerance: 0.1, maxEpochs: 30, seed: 1 };

/** What the level is read from. */
export const LEVEL_SHARES: BlockShares = { c: 1.0, m: 0.2, l: 0.15, q: 0.2 };
export const LEVEL_SVM: SvmOptions = { cost: 0.5, tolerance: 0.1, maxEpochs: 100, seed: 1 };

/** How much a text counts in training. */
export const TEXT_WEIGHTS = { problem: 1, statement: 0.1, phrases1: 0.1, phrases2: 0.05 } as const;

/** Changes when the same data would train another model: features, shares, costs. Part of a model's identity. */
export const RECIPE_VERSION = 1;
