import { type Votes } from '@math-labeler/confidence';
import { consistentStandards, type LocalModel, neighbourVote } from '@math-labeler/local-model';
import { type ProblemText } from '@math-labeler/problem-text';
import { groupByStandard, type KnowledgeHit } from '@math-labeler/search';

/** How many examples and standards a problem is compared with. */
export const NEIGHBOURS = { example: 50, standard: 20 } as const;

/** Every voter's say on a problem. */
export function castVotes(problem: ProblemText, model: LocalModel, hits: readonly KnowledgeHit[], positions: ReadonlyMap<string, number>): Votes {
  return { local: model.score(problem), neighbours: neighbourVote(groupByStandard(hits), positions), checks: checkVote(problem, positions) };
}

/** 1 for each standard that the operations, numbers and units of the problem are consistent with. */
export function checkVote(problem: ProblemText, positions: ReadonlyMap<string, number>): Float32Array {
  const checks = new Float32Array(positions.size);
  for (const code of consistentStandards(problem)) {
    const position = positions.get(code);
    if (position !== undefined) checks[position] = 1;
  }
  return checks;
}
