import { fitLogistic, logistic, logOdds, type LogisticWeights } from './logistic.js';

/** How the confidence of labels must be read for one source: log-odds are stretched and shifted. */
export interface SourceCalibration {
  /** How many reviewed problems it was learnt from. */
  readonly reviewed: number;
  readonly standard: LogisticWeights;
  readonly level: LogisticWeights;
}

/** A reviewed problem of the source: how sure its label was, and whether it was right. */
export interface Reviewed {
  readonly confidence: number;
  readonly right: boolean;
}

/** Leaves log-odds as they are. */
const UNCHANGED: LogisticWeights = [0, 1];
/** Weighs as about twenty reviewed problems in doubt: ten reviewed ones move the confidence a little, a hundred decide. */
const STRENGTH = 5;

/**
 * Platt scaling (Platt, "Probabilistic outputs for support vector machines", 1999) on the log-odds of a source's reviewed
 * problems, drawn towards leaving them unchanged. Confidence learnt from our own authors is about ten points too sure on foreign sources.
 */
export function learnSourceCalibration(standards: readonly Reviewed[], levels: readonly Reviewed[]): SourceCalibration {
  const fit = (reviewed: readonly Reviewed[]): LogisticWeights => {
    const outcomes = reviewed.map(({ right }) => right);
    const weights = fitLogistic(reviewed.map(({ confidence }) => [1, logOdds(confidence)]), outcomes, { prior: UNCHANGED, strength: STRENGTH });
    // A surer label is never believed less than an unsure one: where the source says so, all are believed alike.
    return weights[1] > 0 ? weights : [...fitLogistic(reviewed.map(() => [1]), outcomes), 0];
  };
  return { reviewed: standards.length, standard: fit(standards), level: fit(levels) };
}

/** A confidence as it holds for the source; unchanged without its weights. */
export function recalibrate(confidence: number, weights: LogisticWeights | undefined): number {
  return weights === undefined ? confidence : logistic(weights, [1, logOdds(confidence)]);
}
