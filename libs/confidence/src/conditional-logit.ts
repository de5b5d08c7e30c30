import { solve } from './linear-system.js';

/** One choice: each signal rates every option, and one option was right. */
export interface Choice {
  readonly signals: readonly Float32Array[];
  readonly right: number;
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

/** Keeps the fit finite where one signal alone is always right. */
const RIDGE = 1e-3;

/**
 * The weights of the signals under which the right options are most probable: conditional logit (McFadden, "Conditional logit
 * analysis of qualitative choice behavior", 1974), fitted by Newton's method. The signals must come from voters that did not
 * learn from these choices.
 */
export function fitConditionalLogit(choices: readonly Choice[]): number[] {
  const size = choices[0].signals.length;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < 50; round++) {
    const gradient = weights.map((weight) => -RIDGE * weight);
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? RIDGE : 0)));
    for (const { signals, right } of choices) {
      const probabilities = softmax(combine(signals, weights));
      const means = signals.map((signal) => expectation(probabilities, signal));
      for (let i = 0; i < size; i++) {
        gradient[i] += signals[i][right] - means[i];
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < probabilities.length; k++) product += probabilities[k] * signals[i][k] * signals[j][k];
          curvature[i][j] += product - means[i] * means[j];
        }
      }
    }
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) curvature[i][j] = curvature[j][i];
    const next = uphill(weights, solve(curvature, gradient), (at) => logLikelihood(choices, at));
    const moved = Math.max(...next.map((weight, i) => Math.abs(weight - weights[i])));
    weights = next;
    if (moved < 1e-6) break;
  }
  return weights;
}

/** Goes along a step, or half of it, or half of that …, so that the likelihood does not fall: a full Newton step may overshoot. */
function uphill(weights: readonly number[], step: readonly number[], likelihood: (at: number[]) => number): number[] {
  const here = likelihood([...weights]);
  for (let share = 1; share > 1e-6; share /= 2) {
    const there = weights.map((weight, i) => weight + share * step[i]);
    if (likelihood(there) >= here) return there;
  }
  return [...weights];
}

function logLikelihood(choices: readonly Choice[], weights: readonly number[]): number {
  let sum = 0;
  for (const { signals, right } of choices) sum += Math.log(Math.max(softmax(combine(signals, weights))[right], 1e-30));
  for (const weight of weights) sum -= (RIDGE / 2) * weight * weight;
  return sum;
}

function expectation(probabilities: Float32Array, signal: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) sum += probabilities[k] * signal[k];
  return sum;
}
