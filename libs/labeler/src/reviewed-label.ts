import { type Label } from '@math-labeler/contracts';
import { category, type Curriculum, type Level } from '@math-labeler/curriculum';

/** What reviewers have settled about a problem. */
export interface Settled {
  readonly code: string;
  readonly level: Level;
  readonly contested: boolean;
  readonly revision: number;
  readonly reviewer: string;
}

/** The labeller's own label as reviewers leave it: theirs holds, and is certain unless they disagree. */
export function reviewedLabel({ contested: _, ...own }: Label, { code, level, contested, revision, reviewer }: Settled, { byCode }: Pick<Curriculum, 'byCode'>): Label {
  const confirmed = code === own.code && level === own.level;
  const reason = contested
    ? { ko: `검토자들의 답이 다릅니다. 마지막 답은 ${reviewer}의 것입니다.`, en: `Reviewers disagree; the last answer is by ${reviewer}.` }
    : { ko: `검토자 ${reviewer}이(가) ${confirmed ? '확인했습니다' : '고쳤습니다'}.`, en: `${confirmed ? 'Confirmed' : 'Corrected'} by the reviewer ${reviewer}.` };
  return {
    ...own,
    category: category(byCode.get(code)!, level),
    code,
    level,
    ...(contested ? { contested } : { confidence: 1, levelConfidence: 1 }),
    decision: contested ? 'review' : confirmed ? 'accepted' : 'corrected',
    decidedBy: 'reviewer',
    reasons: [reason, ...own.reasons],
    revision,
    reviewer,
  };
}
