import { type DocumentFrequencies } from './document-frequencies.js';
import { LinearClassifier } from './linear-classifier.js';
import { type LinearRecipe } from './recipe.js';
import { Vectoriser } from './vectoriser.js';

export interface LinearArrays {
  /** How many problems the frequencies were counted over. */
  readonly problems: number;
  readonly counts: Uint16Array;
  readonly classes: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Linear scores of hashed features: what a text's features weigh, and what each weight says of each class. */
export class HashedLinearModel {
  readonly vectoriser: Vectoriser;

  /** `blocks` is the order in which the hashes of a text come. */
  constructor(
    { shares, columns }: Pick<LinearRecipe, 'shares' | 'columns'>,
    blocks: readonly string[],
    readonly frequencies: DocumentFrequencies,
    readonly classifier: LinearClassifier,
  ) {
    this.vectoriser = new Vectoriser(shares, blocks, frequencies, columns);
  }

  static fromArrays(recipe: Pick<LinearRecipe, 'shares' | 'columns'>, blocks: readonly string[], { problems, counts, classes, weights, biases }: LinearArrays): HashedLinearModel {
    return new HashedLinearModel(recipe, blocks, { problems, counts }, new LinearClassifier(classes, weights, biases));
  }

  toArrays(): LinearArrays {
    const { classes, weights, biases } = this.classifier;
    return { ...this.frequencies, classes, weights, biases };
  }

  scores(hashes: readonly Uint32Array[]): Float32Array {
    return this.classifier.scores(this.vectoriser.vectorise(hashes));
  }

  /**
   * Raises the score of one class against its strongest rival by one passive-aggressive step (Crammer et al., "Online
   * passive-aggressive algorithms", JMLR 7, 2006, PA-I); nothing where it already leads by 1.
   */
  correct(hashes: readonly Uint32Array[], target: number, largestStep: number): void {
    const vector = this.vectoriser.vectorise(hashes);
    const scores = this.classifier.scores(vector);
    const rival = scores.reduce((best, score, k) => (k !== target && (best < 0 || score > scores[best]) ? k : best), -1);
    const loss = 1 - (scores[target] - scores[rival]);
    if (loss <= 0) return;
    const step = Math.min(largestStep, loss / (2 * squaredLength(vector.values)));
    this.classifier.nudge(vector, target, step);
    this.classifier.nudge(vector, rival, -step);
  }

  /** Moves the score of one class to its side of the margin: at least 1, or at most -1. */
  correctSide(hashes: readonly Uint32Array[], target: number, positive: boolean, largestStep: number): void {
    const vector = this.vectoriser.vectorise(hashes);
    const sign = positive ? 1 : -1;
    const loss = 1 - sign * this.classifier.scores(vector)[target];
    if (loss > 0) this.classifier.nudge(vector, target, sign * Math.min(largestStep, loss / squaredLength(vector.values)));
  }
}

/** Of the vector and the constant column of the bias. */
function squaredLength(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 1);
}
