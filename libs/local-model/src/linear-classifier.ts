import { svmTrainer, type SvmOptions } from './linear-svm.js';
import { type SparseMatrix, type SparseVector } from './sparse-matrix.js';

/** One linear score per class over hashed columns. Weights lie column by column, so that a text reads memory in order. */
export class LinearClassifier {
  constructor(
    readonly classes: number,
    /** `weights[column * classes + class]` */
    readonly weights: Float32Array,
    readonly biases: Float32Array,
  ) {}

  /** Scores of every class: positive speaks for it. */
  scores({ indices, values }: SparseVector): Float32Array {
    const { classes, weights } = this;
    const sums = Float64Array.from(this.biases);
    // Four columns at a time: the sums are read and written a quarter as often, which is most of the work.
    const whole = indices.length & ~3;
    for (let i = 0; i < whole; i += 4) {
      const [v0, v1, v2, v3] = [values[i], values[i + 1], values[i + 2], values[i + 3]];
      const [w0, w1, w2, w3] = [indices[i] * classes, indices[i + 1] * classes, indices[i + 2] * classes, indices[i + 3] * classes];
      for (let k = 0; k < classes; k++) sums[k] += v0 * weights[w0 + k] + v1 * weights[w1 + k] + v2 * weights[w2 + k] + v3 * weights[w3 + k];
    }
    for (let i = whole; i < indices.length; i++) {
      const value = values[i];
      const start = indices[i] * classes;
      for (let k = 0; k < classes; k++) sums[k] += value * weights[start + k];
    }
    return Float32Array.from(sums);
  }

  /** Moves the scores of one class along a vector: `step` times the vector's squared length, plus `step` for the bias. */
  nudge(vector: SparseVector, target: number, step: number): void {
    const { indices, values } = vector;
    for (let i = 0; i < indices.length; i++) this.weights[indices[i] * this.classes + target] += step * values[i];
    this.biases[target] += step;
  }
}

/** Trains one SVM per class, telling the rows that are `positive` for it from all others; `onClass` hears after each and may throw to stop. */
export function trainClassifier(
  matrix: SparseMatrix,
  columns: number,
  classes: number,
  positive: (row: number, target: number) => boolean,
  rowWeights: Float32Array,
  options: SvmOptions,
  onClass: (done: number) => void = () => {},
): LinearClassifier {
  const weights = new Float32Array(columns * classes);
  const biases = new Float32Array(classes);
  const train = svmTrainer(matrix, columns, rowWeights, options);
  for (let target = 0; target < classes; target++) {
    const svm = train((row) => positive(row, target));
    for (let column = 0; column < columns; column++) weights[column * classes + target] = svm.weights[column];
    biases[target] = svm.bias;
    onClass(target + 1);
  }
  return new LinearClassifier(classes, weights, biases);
}

/** Weights as whole numbers of one common unit: a quarter of the bytes, the accuracy unchanged to the last problem measured. */
export interface QuantisedClassifier {
  readonly classes: number;
  readonly unit: number;
  readonly weights: Int8Array;
  readonly biases: Float32Array;
}

export function quantise({ classes, weights, biases }: Pick<LinearClassifier, 'classes' | 'weights' | 'biases'>): QuantisedClassifier {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const unit = largest === 0 ? 1 : largest / 127;
  const whole = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) whole[i] = Math.round(weights[i] / unit);
  return { classes, unit, weights: whole, biases };
}

export function restore({ classes, unit, weights, biases }: QuantisedClassifier): LinearClassifier {
  const restored = new Float32Array(weights.length);
  for (let i = 0; i < weights.length; i++) restored[i] = weights[i] * unit;
  return new LinearClassifier(classes, restored, Float32Array.from(biases));
}
