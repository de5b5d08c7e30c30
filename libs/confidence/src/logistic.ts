import { maximise, type Slope } from './newton.js';

/** A logistic regression: probability = sigmoid(weights · features), the first feature being the constant 1. */
export type LogisticWeights = readonly number[];

export function logistic(weights: LogisticWeights, features: readonly number[]): number {
  return 1 / (1 + Math.exp(-dot(weights, features)));
}

/** The log-odds of a probability; finite, as certainty is read as one in a million. */
export function logOdds(probability: number): number {
  const bounded = Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
  return Math.log(bounded / (1 - bounded));
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
  const centre = prior ?? new Array<number>(rows[0]?.length ?? 0).fill(0);
  const value = (weights: LogisticWeights): number => {
    const penalty = weights.reduce((sum, weight, i) => sum + (weight - centre[i]) ** 2, 0);
    return rows.reduce((sum, row, n) => sum - softplus(outcomes[n] ? -dot(weights, row) : dot(weights, row)), (-strength / 2) * penalty);
  };
  const slope = (weights: LogisticWeights): Slope => {
    const gradient = weights.map((weight, i) => strength * (centre[i] - weight));
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? strength : 0)));
    rows.forEach((row, n) => {
      const p = logistic(weights, row);
      const residual = (outcomes[n] ? 1 : 0) - p;
      for (let i = 0; i < row.length; i++) {
        gradient[i] += residual * row[i];
        for (let j = 0; j <= i; j++) curvature[i][j] += p * (1 - p) * row[i] * row[j];
      }
    });
    return { gradient, curvature };
  };
  return maximise({ value, slope }, centre);
}

function dot(weights: LogisticWeights, features: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * features[i];
  return sum;
}

/** ln(1 + exp(x)) without overflow: minus the log-likelihood of an outcome with log-odds −x. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
