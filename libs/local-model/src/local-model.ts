import { type Level, LEVELS } from '@math-labeler/curriculum';
import { type ProblemText } from '@math-labeler/problem-text';
import { blockFeatures, type BlockName, hashedBlocks, hashFeature } from './features/blocks.js';
import { HashedLinearModel, type LinearArrays } from './hashed-linear-model.js';
import { LEVEL_BLOCKS, levelHashes } from './level-hashes.js';
import { LEVEL_RECIPE, STANDARD_RECIPE } from './recipe.js';
import { BLOCKS } from './training-set.js';

export interface LocalScores {
  /** One score per standard, in curriculum order; the margin between the best two tells how sure it is. */
  readonly standards: Float32Array;
  /** For a standard (by position): how much speaks for level A, and for A or B; positive is yes. */
  readonly levels: (standard: number) => Float32Array;
  /** Share of the text's word stems that training problems had. */
  readonly familiarity: number;
}

/** A model as plain arrays: what is saved, and what moves between threads. */
export interface ModelArrays {
  readonly standards: LinearArrays;
  readonly levels: LinearArrays;
}

/** One feature of a text and what it adds to the score of a standard. */
export interface Signal {
  readonly block: BlockName;
  readonly feature: string;
  readonly contribution: number;
}

const STEMS = BLOCKS.indexOf('p');

/** A larger step unlearns more than one correction teaches. */
const LARGEST_STEP = 0.2;

/** The trained labeller: hashed features to linear scores of standards, and of levels once a standard is decided. */
export class LocalModel {
  constructor(
    readonly standards: HashedLinearModel,
    /** Two classes: A or not; A or B, or not. */
    readonly levels: HashedLinearModel,
  ) {}

  static fromArrays({ standards, levels }: ModelArrays): LocalModel {
    return new LocalModel(HashedLinearModel.fromArrays(STANDARD_RECIPE, BLOCKS, standards), HashedLinearModel.fromArrays(LEVEL_RECIPE, LEVEL_BLOCKS, levels));
  }

  toArrays(): ModelArrays {
    return { standards: this.standards.toArrays(), levels: this.levels.toArrays() };
  }

  score(problem: ProblemText): LocalScores {
    return this.scoreHashes(hashedBlocks(problem, BLOCKS));
  }

  /** `hashes`: as `hashedBlocks(problem, BLOCKS)` gives them. */
  scoreHashes(hashes: readonly Uint32Array[]): LocalScores {
    return {
      standards: this.standards.scores(hashes),
      levels: (standard) => this.levels.scores(levelHashes(hashes, standard)),
      familiarity: this.standards.vectoriser.familiarity(hashes[STEMS]),
    };
  }

  /** The features that speak most for (positive) and against (negative) a standard, strongest first. */
  explain(problem: ProblemText, standard: number, limit: number): Signal[] {
    const { vectoriser, classifier } = this.standards;
    const signals: Signal[] = [];
    for (const block of BLOCKS) {
      const share = STANDARD_RECIPE.shares[block];
      if (share === undefined) continue;
      const features = [...new Set(blockFeatures(problem, block))].map((feature) => {
        const hash = hashFeature(block, feature);
        return { feature, hash, value: vectoriser.featureValue(hash) };
      });
      const length = Math.hypot(...features.map(({ value }) => value));
      if (length === 0) continue;
      const scale = Math.sqrt(share) / length;
      for (const { feature, hash, value } of features) {
        if (value === 0) continue;
        const signed = hash >>> 31 === 1 ? -value : value;
        signals.push({ block, feature, contribution: signed * scale * classifier.weights[vectoriser.columnOf(hash) * classifier.classes + standard] });
      }
    }
    return signals.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, limit);
  }

  /** Learns from one corrected problem at once. A full training replaces what such steps taught. */
  correct(problem: ProblemText, standard: number, level?: Level): void {
    const hashes = hashedBlocks(problem, BLOCKS);
    this.standards.correct(hashes, standard, LARGEST_STEP);
    if (level === undefined) return;
    levelTargets(LEVELS.indexOf(level)).forEach((positive, target) => this.levels.correctSide(levelHashes(hashes, standard), target, positive, LARGEST_STEP));
  }
}

/** How many scores tell a level. */
export const LEVEL_SCORES = 2;

/** Whether a level (by its position in LEVELS) is A, and whether it is A or B. */
export function levelTargets(level: number): [boolean, boolean] {
  return [level <= 0, level <= 1];
}
