import { type Level, LEVELS } from '@math-labeler/curriculum';
import { type OperatingPoint, rankOutcomes, riskCoverageCurve } from '@math-labeler/evaluation';
import { type Choice, combine, fitConditionalLogit, softmax } from './conditional-logit.js';
import { fitLlmConfidence, fitLlmWeights, type LlmCalibration, SHIPPED_LLM_CALIBRATION } from './llm-calibration.js';
import { llmDoubt, llmLevels, llmSignals } from './llm-signals.js';
import { fitLogistic, logistic, logOdds, type LogisticWeights } from './logistic.js';
import { type Votes } from './votes.js';

/** How votes become probabilities: fitted on problems whose authors the voters had never seen. Plain JSON. */
export interface Calibration {
  /** How many problems it was fitted on. */
  readonly problems: number;
  readonly first: Look;
  /** Fitted on the problems that the first look left open at the default error target. */
  readonly second: Look;
  readonly level: LevelSlopes;
  /** What accepting from a confidence on gave: the ground for the threshold of an error target. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** How a language model is weighed, where it was fitted; it is no part of a training. */
  readonly llm?: LlmCalibration;
}

/** One way to weigh the votes. */
export interface Look {
  /** Weights of the signals. */
  readonly signals: readonly number[];
  /** From the log-odds of the best option, as the signals have them, to those that it is right: intercept and slope (Platt scaling). */
  readonly right: LogisticWeights;
}

/**
 * From the model's scores to log-odds that the level is A, and that it is A or B. Slopes alone: an intercept would carry over how
 * often our authors write each level, and the next author differs in just that.
 */
export interface LevelSlopes {
  readonly a: number;
  readonly aOrB: number;
}

/** A problem whose right label is known, with votes that were cast without knowing it. */
export interface Observation {
  readonly votes: Votes;
  readonly standard: number;
  /** Position in LEVELS. */
  readonly level: number;
}

/** Options by their log-odds, with the probability that the best one is right. */
export interface Verdict {
  readonly logits: Float32Array;
  /** Positions, best first. */
  readonly order: readonly number[];
  readonly confidence: number;
}

/** The error among accepted labels that a publisher allows unless told otherwise. */
export const DEFAULT_ERROR_TARGET = 0.03;

/** With fewer open problems the second look weighs the votes as the first does, and the checks not at all. */
const ENOUGH_OPEN = 50;

/** How many standards the second look chooses among. */
export const SHORT_LIST = 3;

/** Weighs all standards; `context` is the log prior of each. */
export function firstLook(votes: Votes, { first, llm }: Pick<Calibration, 'first' | 'llm'>, context?: Float32Array): Verdict {
  return look(firstSignals(votes), first, context, heard(votes, llm));
}

/** Weighs the best few standards again, and what a language model names, with what tells those apart; the others keep their places behind them. */
export function secondLook(votes: Votes, found: Verdict, { second, llm }: Pick<Calibration, 'second' | 'llm'>, context?: Float32Array): Verdict {
  const list = shortListOf(votes, found);
  const { order, confidence } = look(secondSignals(votes, list), second, context && pick(context, list), heard(votes, llm, list));
  return { logits: found.logits, order: [...order.map((i) => list[i]), ...found.order.filter((standard) => !list.includes(standard))], confidence };
}

function shortListOf({ llm }: Votes, { order }: Verdict): number[] {
  const named = llm === undefined ? [] : [...llm.first, ...llm.second].flatMap(({ standard }) => standard ?? []);
  return [...new Set([...order.slice(0, SHORT_LIST), ...named])];
}

/** The level of a problem once its standard is decided, with the probability that it is right. */
export function levelLook(votes: Votes, standard: number, { level, llm }: Pick<Calibration, 'level' | 'llm'>): { readonly level: Level; readonly confidence: number } {
  const others = levelProbabilities(votes, standard, level);
  const probabilities = votes.llm === undefined ? others : softmax(combine([llmLevels(votes.llm, standard, LEVELS.length)], [(llm ?? SHIPPED_LLM_CALIBRATION).level], logsOf(others)));
  const confidence = Math.max(...probabilities);
  return { level: LEVELS[probabilities.indexOf(confidence)], confidence };
}

function levelProbabilities({ local }: Votes, standard: number, { a: slopeA, aOrB: slopeAOrB }: LevelSlopes): number[] {
  const [a, aOrB] = local.levels(standard);
  const first = logistic([slopeA], [a]);
  const firstTwo = Math.max(first, logistic([slopeAOrB], [aOrB]));
  return [first, firstTwo - first, 1 - firstTwo];
}

function logsOf(probabilities: readonly number[]): Float32Array {
  return Float32Array.from(probabilities, (probability) => Math.log(Math.max(probability, 1e-6)));
}

/** What a language model adds to the other votes. */
interface Heard {
  /** Log-odds of every option. */
  readonly logits: Float32Array;
  readonly doubt: number;
  readonly right: LogisticWeights;
}

function heard({ llm: says, local }: Votes, calibration: LlmCalibration = SHIPPED_LLM_CALIBRATION, list?: readonly number[]): Heard | undefined {
  if (says === undefined) return undefined;
  const logits = combine(llmSignals(says, local.standards.length), calibration.signals);
  return { logits: list === undefined ? logits : pick(logits, list), doubt: llmDoubt(says), right: calibration.right };
}

function look(signals: readonly Float32Array[], { signals: weights, right }: Look, prior?: Float32Array, llm?: Heard): Verdict {
  const logits = combine(llm === undefined ? signals : [...signals, llm.logits], llm === undefined ? weights : [...weights, 1], prior);
  const order = [...logits.keys()].sort((a, b) => logits[b] - logits[a] || a - b);
  const confidence = logistic(right, [1, bestLogOdds(logits, order)]);
  return { logits, order, confidence: llm === undefined ? confidence : logistic(llm.right, [1, logOdds(confidence), llm.doubt]) };
}

function bestLogOdds(logits: Float32Array, order: readonly number[]): number {
  return logOdds(softmax(logits)[order[0]]);
}

/** The least confidence at which what is accepted errs no more often than the target, by what calibration saw; infinite when nothing does. */
export function acceptanceThreshold({ operatingPoints }: Pick<Calibration, 'operatingPoints'>, errorTarget: number): number {
  return operatingPoints.reduce((lowest, { threshold, error }) => (error <= errorTarget ? Math.min(lowest, threshold) : lowest), Infinity);
}

/** Fits everything; the voters must not have learnt from the authors of these problems. */
export function fitCalibration(observations: readonly Observation[]): Calibration {
  const first = fitLook(observations.map(({ votes, standard }) => ({ signals: firstSignals(votes), right: standard })));
  const found = observations.map(({ votes }) => firstLook(votes, { first }));
  const outcomes = rankOutcomes(
    found.map(({ confidence }) => confidence),
    found.map(({ order }, i) => order[0] === observations[i].standard),
  );
  const operatingPoints = riskCoverageCurve(outcomes);
  const threshold = acceptanceThreshold({ operatingPoints }, DEFAULT_ERROR_TARGET);

  const open = observations.flatMap(({ votes, standard }, i) => {
    if (found[i].confidence >= threshold) return [];
    const list = found[i].order.slice(0, SHORT_LIST);
    return [{ signals: secondSignals(votes, list), right: list.indexOf(standard) }];
  });
  return {
    problems: observations.length,
    first,
    second: open.filter(({ right }) => right >= 0).length >= ENOUGH_OPEN ? fitLook(open) : { ...first, signals: [...first.signals, 0] },
    level: fitLevelSlopes(observations, found),
    operatingPoints,
  };
}

/** Fits how a language model is weighed, on reviewed problems that none of the voters has learnt from; those without its answer teach nothing. */
export function fitLlmCalibration(observations: readonly Observation[], calibration: Calibration): LlmCalibration {
  const asked = observations.flatMap(({ votes, ...right }) => (votes.llm === undefined || votes.llm.first.length === 0 ? [] : [{ votes, says: votes.llm, ...right }]));
  const weights = fitLlmWeights(
    asked.map(({ votes, says, standard, level }) => ({
      others: firstLook({ ...votes, llm: undefined }, calibration).logits,
      signals: llmSignals(says, votes.local.standards.length),
      standard,
      levels: { others: logsOf(levelProbabilities(votes, standard, calibration.level)), shares: llmLevels(says, standard, LEVELS.length) },
      level,
    })),
  );
  const unfitted: LlmCalibration = { ...weights, problems: asked.length, right: [0, 1, 0] };
  const found = asked.map(({ votes }) => firstLook(votes, { ...calibration, llm: unfitted }));
  const rows = found.map(({ confidence }, i) => [1, logOdds(confidence), llmDoubt(asked[i].says)]);
  return { ...unfitted, right: fitLlmConfidence(rows, found.map(({ order }, i) => order[0] === asked[i].standard)) };
}

/** A choice whose right option is not among those offered (-1) counts as wrong, and teaches the signals nothing. */
function fitLook(choices: readonly Choice[]): Look {
  const signals = fitConditionalLogit(choices.filter(({ right }) => right >= 0));
  const verdicts = choices.map((choice) => look(choice.signals, { signals, right: [0, 1] }));
  const right = fitLogistic(
    verdicts.map(({ confidence }) => [1, logOdds(confidence)]),
    verdicts.map(({ order }, i) => order[0] === choices[i].right),
  );
  return { signals, right };
}

function firstSignals({ local, neighbours }: Votes): Float32Array[] {
  return [local.standards, neighbours];
}

function secondSignals({ local, neighbours, checks }: Votes, list: readonly number[]): Float32Array[] {
  return [pick(local.standards, list), pick(neighbours, list), pick(checks, list)];
}

function pick(signal: Float32Array, list: readonly number[]): Float32Array {
  return Float32Array.from(list, (i) => signal[i]);
}

/** On the levels under the standards that the first look chose, as it will be used. */
function fitLevelSlopes(observations: readonly Observation[], found: readonly Verdict[]): LevelSlopes {
  const scores = observations.map(({ votes }, i) => votes.local.levels(found[i].order[0]));
  const slope = (target: number): number =>
    fitLogistic(
      scores.map((score) => [score[target]]),
      observations.map(({ level }) => level <= target),
    )[0];
  return { a: slope(0), aOrB: slope(1) };
}
