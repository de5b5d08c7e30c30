import { maximise, type Slope } from './newton.js';

/** One choice: each signal rates every option, and one option was right. */
export interface Choice {
  readonly signals: readonly Float32Array[];
  readonly right: number;
  /** Log-odds that are known beforehand. */
  readonly prior?: Float32Array;
}

/** Log-odds of every option up to a common constant: the weighted sum of the signals, and of what is known beforehand. */
export function combine(signals: readonly Float32Array[], weights: readonly number[], prior?: Float32Array): Float32Array {
  const logits = prior === undefined ? new Float32Array(signals[0].length) : Float32Array.from(prior);
  signals.forEach((signal, s) => {
    const weight = weights[s];
    for (let i = 0; i < logits.length; i++) logits[i] += weight * signal[i];
  });
  return logits;
}

/** Probabilities of log-odds. */
export function softmax(logits: Float32Array): Float32Array {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  const odds = new Float32Array(logits.length);
  let total = 0;
  for (let i = 0; i < logits.length; i++) total += odds[i] = Math.exp(logits[i] - largest);
  for (let i = 0; i < odds.length; i++) odds[i] /= total;
  return odds;
}

export interface ConditionalLogitFit {
  /** Pulls the weights towards these (zeros by default) … */
  readonly prior?: readonly number[];
  /** … by this many observations' worth of evidence; a little keeps the fit finite where one signal alone is always right. */
  readonly strength?: number;
}

/**
 * The weights of the signals under which the right options are most probable: conditional logit (McFadden, "Conditional logit
 * analysis of qualitative choice behavior", 1974), fitted by Newton's method. The signals must come from voters that did not
 * learn from these choices.
 */
export function fitConditionalLogit(choices: readonly Choice[], { prior, strength = 1e-3 }: ConditionalLogitFit = {}): number[] {
  const ridge: Ridge = { centre: prior ?? choices[0].signals.map(() => 0), strength };
  return maximise({ value: (weights) => logLikelihood(choices, weights, ridge), slope: (weights) => slopeOf(choices, weights, ridge) }, ridge.centre);
}

interface Ridge {
  readonly centre: readonly number[];
  readonly strength: number;
}

function slopeOf(choices: readonly Choice[], weights: readonly number[], { centre, strength }: Ridge): Slope {
  const gradient = weights.map((weight, i) => strength * (centre[i] - weight));
  const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? strength : 0)));
  for (const { signals, right, prior } of choices) {
    const probabilities = softmax(combine(signals, weights, prior));
    const means = signals.map((signal) => expectation(probabilities, signal));
    for (let i = 0; i < weights.length; i++) {
      gradient[i] += signals[i][right] - means[i];
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let k = 0; k < probabilities.length; k++) product += probabilities[k] * signals[i][k] * signals[j][k];
        curvature[i][j] += product - means[i] * means[j];
      }
    }
  }
  return { gradient, curvature };
}

function logLikelihood(choices: readonly Choice[], weights: readonly number[], { centre, strength }: Ridge): number {
  let sum = 0;
  for (const { signals, right, prior } of choices) {
    const logits = combine(signals, weights, prior);
    const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
    sum += logits[right] - largest - Math.log(logits.reduce((total, logit) => total + Math.exp(logit - largest), 0));
  }
  weights.forEach((weight, i) => (sum -= (strength / 2) * (weight - centre[i]) ** 2));
  return sum;
}

function expectation(probabilities: Float32Array, signal: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) sum += probabilities[k] * signal[k];
  return sum;
}
