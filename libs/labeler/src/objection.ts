import { type Votes } from '@math-labeler/confidence';
import { type Curriculum } from '@math-labeler/curriculum';
import { type SecondQuestion } from '@math-labeler/prompt';

/** The strongest standard that speaks against an answer, by the other voters, else by the short list; undefined where there is none. */
export function objectionTo(answer: string | undefined, { local, neighbours }: Votes, shortList: readonly string[], { standards }: Curriculum): SecondQuestion['objection'] | undefined {
  const [model, similar] = [best(local.standards), best(neighbours)].map((position) => standards[position].code);
  const isSimilarTold = neighbours.some((support) => support > 0);
  if (model !== answer) return { code: model, voters: isSimilarTold && similar === model ? ['local', 'neighbours'] : ['local'] };
  if (isSimilarTold && similar !== answer) return { code: similar, voters: ['neighbours'] };
  const next = shortList.find((code) => code !== answer);
  return next === undefined ? undefined : { code: next, voters: [] };
}

function best(scores: Float32Array): number {
  return scores.reduce((leader, score, position) => (score > scores[leader] ? position : leader), 0);
}
