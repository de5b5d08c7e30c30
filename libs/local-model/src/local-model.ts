import { type Level, LEVELS } from '@math-labeler/curriculum';
import { type ProblemText } from '@math-labeler/problem-text';
import { type DocumentFrequencies } from './document-frequencies.js';
import { blockFeatures, type BlockName, hashedBlocks, hashFeature } from './features/blocks.js';
import { type LinearClassifier } from './linear-classifier.js';
import { LEVEL_SHARES, STANDARD_SHARES } from './recipe.js';
import { BLOCKS } from './training-set.js';
import { COLUMNS, Vectoriser } from './vectoriser.js';

export interface LocalScores {
  /** One score per standard, in curriculum order; the margin between the best two tells how sure it is. */
  readonly standards: Float32Array;
  /** One score per level, in the order of LEVELS. */
  readonly levels: Float32Array;
  /** Share of the text's word stems that training problems had. */
  readonly familiarity: number;
}

/** One feature of a text and what it adds to the score of a standard. */
export interface Signal {
  readonly block: BlockName;
  readonly feature: string;
  readonly contribution: number;
}

const STEMS = BLOCKS.indexOf('p');

/** The trained labeller: hashed features to linear scores of standards and levels. */
export class LocalModel {
  private readonly standardVectors: Vectoriser;
  private readonly levelVectors: Vectoriser;

  constructor(
    readonly frequencies: DocumentFrequencies,
    readonly standards: LinearClassifier,
    readonly levels: LinearClassifier,
  ) {
    this.standardVectors = new Vectoriser(STANDARD_SHARES, BLOCKS, frequencies);
    this.levelVectors = new Vectoriser(LEVEL_SHARES, BLOCKS, frequencies);
  }

  score(problem: ProblemText): LocalScores {
    return this.scoreHashes(hashedBlocks(problem, BLOCKS));
  }

  /** `hashes`: as `hashedBlocks(problem, BLOCKS)` gives them. */
  scoreHashes(hashes: readonly Uint32Array[]): LocalScores {
    return {
      standards: this.standards.scores(this.standardVectors.vectorise(hashes)),
      levels: this.levels.scores(this.levelVectors.vectorise(hashes)),
      familiarity: this.standardVectors.familiarity(hashes[STEMS]),
    };
  }

  /** The features that speak most for (positive) and against (negative) a standard, strongest first. */
  explain(problem: ProblemText, standard: number, limit: number): Signal[] {
    const signals: Signal[] = [];
    for (const block of BLOCKS) {
      const share = STANDARD_SHARES[block];
      if (share === undefined) continue;
      const features = [...new Set(blockFeatures(problem, block))].map((feature) => {
        const hash = hashFeature(block, feature);
        return { feature, hash, value: this.standardVectors.featureValue(hash) };
      });
      const length = Math.hypot(...features.map(({ value }) => value));
      if (length === 0) continue;
      const scale = Math.sqrt(share) / length;
      for (const { feature, hash, value } of features) {
        const signed = hash >>> 31 === 1 ? -value : value;
        const weight = this.standards.weights[(hash & (COLUMNS - 1)) * this.standards.classes + standard];
        if (value !== 0) signals.push({ block, feature, contribution: signed * scale * weight });
      }
    }
    return signals.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, limit);
  }

  /**
   * Learns from one corrected problem at once: a passive-aggressive step (Crammer et al., "Online passive-aggressive
   * algorithms", JMLR 7, 2006, PA-I) for the standard against its strongest rival, and for the level where it is known.
   * A full training replaces what such steps taught.
   */
  correct(problem: ProblemText, standard: number, level?: Level): void {
    const hashes = hashedBlocks(problem, BLOCKS);
    learn(this.standards, this.standardVectors, hashes, standard);
    if (level !== undefined) learn(this.levels, this.levelVectors, hashes, LEVELS.indexOf(level));
  }
}

/** Steps of at most this size: larger ones unlearn more than one correction teaches. */
const LARGEST_STEP = 0.2;

function learn(classifier: LinearClassifier, vectoriser: Vectoriser, hashes: readonly Uint32Array[], target: number): void {
  const vector = vectoriser.vectorise(hashes);
  const scores = classifier.scores(vector);
  const rival = scores.reduce((best, score, k) => (k !== target && (best < 0 || score > scores[best]) ? k : best), -1);
  const loss = 1 - (scores[target] - scores[rival]);
  if (loss <= 0) return;
  const squared = vector.values.reduce((sum, value) => sum + value * value, 1);
  const step = Math.min(LARGEST_STEP, loss / (2 * squared));
  classifier.nudge(vector, target, step);
  classifier.nudge(vector, rival, -step);
}
