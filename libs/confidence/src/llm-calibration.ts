import { fitConditionalLogit } from './conditional-logit.js';
import { fitLogistic, type LogisticWeights } from './logistic.js';

/** How a language model's answers are weighed beside the other votes. Plain JSON. */
export interface LlmCalibration {
  /** Reviewed problems that it was fitted on; 0: as shipped. */
  readonly problems: number;
  /** Weights of `llmSignals`, in log-odds. */
  readonly signals: readonly number[];
  /** From the confidence with the model's say, and the share of answers that nothing fits, to the log-odds that the standard is right: intercept and slopes. */
  readonly right: LogisticWeights;
  /** Weight of its say on the level, in log-odds. */
  readonly level: number;
}

/**
 * Until enough is known of a model. Chosen on the votes of models that had not seen the author (docs/labelling.md): the largest weights under which a model
 * that is wrong once in five, and then always sure and never to be talked out of it, does no harm. Self-reports and tokens count for little, since published
 * findings on them disagree.
 */
export const SHIPPED_LLM_CALIBRATION: LlmCalibration = { problems: 0, signals: [2.5, 0.8, 0.5, 2, 0.5], right: [0, 1, -2], level: 0.7 };

/** With fewer reviewed problems the shipped weights stay. */
export const ENOUGH_REVIEWED = 100;

/** How many observations' worth of evidence the shipped weights are. */
const STRENGTH = { signals: 1, right: 5, level: 1 } as const;

/** A reviewed problem that a language model was asked about. */
export interface LlmObservation {
  /** Log-odds of every standard by the other votes. */
  readonly others: Float32Array;
  readonly signals: readonly Float32Array[];
  readonly standard: number;
  /** Log probability of every level by the other votes, and what the model says of it. */
  readonly levels: { readonly others: Float32Array; readonly shares: Float32Array };
  readonly level: number;
}

/** Fits the weights of signals and level, drawn towards the shipped ones. */
export function fitLlmWeights(observations: readonly LlmObservation[]): Pick<LlmCalibration, 'signals' | 'level'> {
  const { signals, level } = SHIPPED_LLM_CALIBRATION;
  return {
    signals: fitConditionalLogit(observations.map((one) => ({ signals: one.signals, right: one.standard, prior: one.others })), { prior: signals, strength: STRENGTH.signals }),
    level: fitConditionalLogit(observations.map(({ levels, level: right }) => ({ signals: [levels.shares], right, prior: levels.others })), { prior: [level], strength: STRENGTH.level })[0],
  };
}

/** Fits how sure the result really is; rows as in `LlmCalibration.right`. */
export function fitLlmConfidence(rows: readonly (readonly number[])[], outcomes: readonly boolean[]): LogisticWeights {
  return fitLogistic(rows, outcomes, { prior: SHIPPED_LLM_CALIBRATION.right, strength: STRENGTH.right });
}
