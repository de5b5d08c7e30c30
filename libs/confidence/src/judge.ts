import { type Level } from '@math-labeler/curriculum';
import { acceptanceThreshold, type Calibration, firstLook, levelLook, secondLook, type Verdict } from './calibration.js';
import { softmax } from './conditional-logit.js';
import { type LlmSays } from './llm-signals.js';
import { recalibrate, type SourceCalibration } from './source-calibration.js';
import { type Votes } from './votes.js';

/** What is known beside the text of the problem. */
export interface Circumstances {
  /** Log prior of each standard, in curriculum order. */
  readonly context?: Float32Array;
  /** How sure labels of this source really are. */
  readonly source?: SourceCalibration;
  /** The share of wrong standards allowed among those accepted. */
  readonly errorTarget: number;
}

/** A decided label; standards by their position in the curriculum. */
export interface Judgement {
  readonly standard: number;
  readonly level: Level;
  /** Probability that the standard is right. */
  readonly confidence: number;
  /** Probability that the level is right. */
  readonly levelConfidence: number;
  readonly decision: 'accepted' | 'review';
  readonly decidedBy: 'votes' | 'second look';
  /** Of a second look: the first was not sure enough, or a language model names, or named, another standard. */
  readonly lookedAgain?: 'unsure' | 'contradicted';
  /** Least confidence that was needed. */
  readonly threshold: number;
  /** All standards, best first. */
  readonly ranking: readonly number[];
  /** Probability of each standard, in curriculum order; the chosen one has the confidence, and none has more. */
  readonly probabilities: Float32Array;
  /** What the votes alone would have chosen, without the context. */
  readonly withoutContext: number;
}

/**
 * Compares the votes and decides: accepted when sure enough and no language model says otherwise, else after a second look over the short list, else
 * for a person, who gets what the first look found, or what a language model's second answer made of it. Where a language model has overruled trained
 * model and similar examples together, a person looks too, however sure it is.
 */
export function judge(votes: Votes, calibration: Calibration, { context, source, errorTarget }: Circumstances): Judgement {
  const threshold = acceptanceThreshold(calibration, errorTarget);
  const sure = (verdict: Verdict): number => Math.min(recalibrate(verdict.confidence, source?.standard), votes.ceiling);
  const decide = (prior?: Float32Array): { readonly verdict: Verdict; readonly lookedAgain?: Judgement['lookedAgain'] } => {
    const first = firstLook(votes, calibration, prior);
    const isSure = sure(first) >= threshold;
    if (isSure && !isOpen(votes.llm, first.order[0])) return { verdict: first };
    const second = secondLook(votes, first, calibration, prior);
    return { verdict: sure(second) >= threshold || hasLookedAgain(votes.llm) ? second : first, lookedAgain: isSure ? 'contradicted' : 'unsure' };
  };
  const { verdict, lookedAgain } = decide(context);
  const confidence = sure(verdict);
  const { level, confidence: ofLevel } = levelLook(votes, verdict.order[0], calibration);
  return {
    standard: verdict.order[0],
    level,
    confidence,
    levelConfidence: recalibrate(ofLevel, source?.level),
    decision: confidence >= threshold && !hasOverruled(votes, verdict.order[0], calibration, context) ? 'accepted' : 'review',
    decidedBy: lookedAgain === undefined ? 'votes' : 'second look',
    ...(lookedAgain === undefined ? {} : { lookedAgain }),
    threshold,
    ranking: verdict.order,
    probabilities: spread(verdict, confidence),
    withoutContext: context === undefined ? verdict.order[0] : decide().verdict.order[0],
  };
}

/** Whether a language model has brought about what nobody else would: trained model and similar examples agree upon another standard, and the context does not speak for this one. */
function hasOverruled({ llm, ...others }: Votes, standard: number, calibration: Calibration, context: Float32Array | undefined): boolean {
  if (llm === undefined) return false;
  const favourite = best(others.local.standards);
  return favourite !== standard && others.neighbours[favourite] === 1 && firstLook(others, calibration, context).order[0] !== standard;
}

function best(scores: Float32Array): number {
  return scores.reduce((leader, score, position) => (score > scores[leader] ? position : leader), 0);
}

/** Whether a language model was asked twice, or names another standard than the votes together. */
function isOpen(llm: LlmSays | undefined, standard: number): boolean {
  return llm !== undefined && (hasLookedAgain(llm) || llm.first.some((say) => say.standard !== standard));
}

function hasLookedAgain(llm: LlmSays | undefined): boolean {
  return llm !== undefined && llm.second.length > 0;
}

/** The chosen standard gets the confidence; the others share the rest as the votes do, but none gets more than the chosen one. */
function spread({ logits, order }: Verdict, confidence: number): Float32Array {
  const best = order[0];
  const others = softmax(logits.map((logit, i) => (i === best ? -Infinity : logit)));
  return others.map((share, i) => (i === best ? confidence : Math.min(confidence, share * (1 - confidence))));
}
