import { solve } from './linear-system.js';

/** A logistic regression: probability = sigmoid(weights · features), the first feature being the constant 1. */
export type LogisticWeights = readonly number[];

export function logistic(weights: LogisticWeights, features: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * features[i];
  return 1 / (1 + Math.exp(-sum));
}

export interface LogisticFit {
  /** Pulls the weights towards these (zeros by default) … */
  readonly prior?: LogisticWeights;
  /** … by this many observations' worth of evidence. */
  readonly strength?: number;
}

/**
 * Fits by Newton's method on the penalised likelihood (iteratively reweighted least squares: Hastie, Tibshirani and Friedman,
 * The Elements of Statistical Learning, 2nd ed., section 4.4.1, with a ridge towards the prior). One row of features per outcome.
 */
export function fitLogistic(rows: readonly (readonly number[])[], outcomes: readonly boolean[], { prior, strength = 1e-3 }: LogisticFit = {}): number[] {
  const size = rows[0]?.length ?? prior?.length ?? 0;
  const centre = prior ?? new Array<number>(size).fill(0);
  let weights = [...centre];
  for (let round = 0; round < 50; round++) {
    const gradient = weights.map((weight, i) => strength * (centre[i] - weight));
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? strength : 0)));
    rows.forEach((row, n) => {
      const p = logistic(weights, row);
      const residual = (outcomes[n] ? 1 : 0) - p;
      for (let i = 0; i < size; i++) {
        gradient[i] += residual * row[i];
        for (let j = 0; j <= i; j++) curvature[i][j] += p * (1 - p) * row[i] * row[j];
      }
    });
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) curvature[i][j] = curvature[j][i];
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + step[i]);
    if (Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  return weights;
}

/** ln(p / (1 - p)), bounded at one in a million. */
export function logOdds(probability: number): number {
  const bounded = Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
  return Math.log(bounded / (1 - bounded));
}
