import { seededRandom } from '@math-labeler/evaluation';
import { rowCount, type SparseMatrix } from './sparse-matrix.js';

export interface SvmOptions {
  /** Cost of a violated margin; larger fits the training rows closer. */
  readonly cost: number;
  /** Stop when the projected gradients of one sweep differ by less than this. */
  readonly tolerance: number;
  readonly maxEpochs: number;
  readonly seed: number;
}

export interface BinarySvm {
  /** One weight per column. */
  readonly weights: Float64Array;
  readonly bias: number;
}

/**
 * Prepares L2-regularised, squared-hinge linear SVMs over the same rows, each weighted by `rowWeights`; the returned
 * function trains one of them, telling `positive` rows from the rest.
 *
 * Dual coordinate descent with shrinking: Hsieh, Chang, Lin, Keerthi, Sundararajan, "A dual coordinate descent method
 * for large-scale linear SVM", ICML 2008, algorithm 3; the bias is one more column of ones, as in LIBLINEAR's `-B 1`.
 */
export function svmTrainer(matrix: SparseMatrix, columns: number, rowWeights: Float32Array, options: SvmOptions): (positive: (row: number) => boolean) => BinarySvm {
  const { offsets, indices, values } = matrix;
  const rows = rowCount(matrix);
  const diagonal = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    diagonal[row] = 1 / (2 * options.cost * rowWeights[row]);
    let squared = 1;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) squared += values[at] * values[at];
    curvature[row] = squared + diagonal[row];
  }
  const random = seededRandom(options.seed);
  const alpha = new Float64Array(rows);
  const sign = new Int8Array(rows);
  const order = new Uint32Array(rows);

  return (positive) => {
    const weights = new Float64Array(columns);
    let bias = 0;
    alpha.fill(0);
    for (let row = 0; row < rows; row++) {
      sign[row] = positive(row) ? 1 : -1;
      order[row] = row;
    }
    let active = rows;
    let shrinkAbove = Infinity;
    for (let epoch = 0; epoch < options.maxEpochs; epoch++) {
      let largest = -Infinity;
      let smallest = Infinity;
      for (let i = 0; i < active; i++) {
        const j = i + random(active - i);
        const swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      for (let position = 0; position < active; position++) {
        const row = order[position];
        const start = offsets[row];
        const end = offsets[row + 1];
        let score = bias;
        for (let at = start; at < end; at++) score += weights[indices[at]] * values[at];
        const gradient = score * sign[row] - 1 + diagonal[row] * alpha[row];
        let projected = gradient;
        if (alpha[row] === 0) {
          if (gradient > shrinkAbove) {
            active--;
            order[position] = order[active];
            order[active] = row;
            position--;
            continue;
          }
          if (gradient > 0) projected = 0;
        }
        if (projected > largest) largest = projected;
        if (projected < smallest) smallest = projected;
        if (Math.abs(projected) > 1e-12) {
          const before = alpha[row];
          alpha[row] = Math.max(0, before - gradient / curvature[row]);
          const step = (alpha[row] - before) * sign[row];
          bias += step;
          for (let at = start; at < end; at++) weights[indices[at]] += step * values[at];
        }
      }
      if (largest - smallest < options.tolerance) {
        if (active === rows) break;
        active = rows;
        shrinkAbove = Infinity;
      } else {
        shrinkAbove = largest > 0 ? largest : Infinity;
      }
    }
    return { weights, bias };
  };
}
