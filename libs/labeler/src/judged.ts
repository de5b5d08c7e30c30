import { type Judgement } from '@math-labeler/confidence';
import { type Standard } from '@math-labeler/curriculum';
import { type Judged } from '@math-labeler/evaluation';

const RANKED = 12;

/** A judgement beside the right answer, as an evaluation takes it. */
export function judgedOf(judgement: Judgement, gold: Judged['gold'], standards: readonly Standard[]): Judged {
  return {
    gold,
    predicted: { code: standards[judgement.standard].code, level: judgement.level },
    ranked: judgement.ranking.slice(0, RANKED).map((position) => standards[position].code),
    confidence: judgement.confidence,
    levelConfidence: judgement.levelConfidence,
    accepted: judgement.decision === 'accepted',
  };
}
