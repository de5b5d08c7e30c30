import { type Votes } from '@math-labeler/confidence';
import { consistentStandards, type LocalModel, neighbourVote } from '@math-labeler/local-model';
import { type ProblemText } from '@math-labeler/problem-text';
import { groupByStandard, type KnowledgeDocument, type KnowledgeHit } from '@math-labeler/search';

/** How many examples and standards a problem is compared with. */
export const NEIGHBOURS = { example: 50, standard: 20 } as const;

/** Every voter's say on a problem. */
export function castVotes(problem: ProblemText, model: LocalModel, hits: readonly KnowledgeHit[], positions: ReadonlyMap<string, number>): Votes {
  return { local: model.score(problem), ...unlearnedVotes(problem, hits, positions) };
}

/** What the voters say that learn nothing: the neighbours and the checks. */
export function unlearnedVotes(problem: ProblemText, hits: readonly KnowledgeHit[], positions: ReadonlyMap<string, number>): Omit<Votes, 'local'> {
  return { neighbours: neighbourVote(groupByStandard(hits), positions), checks: checkVote(problem, positions), ceiling: ceilingOf(problem.text, hits) };
}

/** Ways to ask that differ in nothing else: the text is compared without its last word's ending. */
const ENDING = /(?:하?세요|하?시오|봅시다|보세요|[가-힣]{0,3}까요?)$/;

/** The most that can be known from a text: see `Votes.ceiling`. */
export function ceilingOf(text: string, hits: readonly KnowledgeHit[]): number {
  const sought = wording(text).replace(ENDING, '');
  const holders = new Map<string, number>();
  for (const { document } of hits) {
    if (document.kind === 'example' && wordingOf(document).includes(sought)) holders.set(document.code, (holders.get(document.code) ?? 0) + 1);
  }
  if (holders.size < 2) return 1;
  const counts = [...holders.values()];
  return Math.max(...counts) / counts.reduce((a, b) => a + b, 0);
}

/** Documents are found again and again; each is put into plain wording once. */
const wordings = new WeakMap<KnowledgeDocument, string>();

function wordingOf(document: KnowledgeDocument): string {
  let known = wordings.get(document);
  if (known === undefined) wordings.set(document, (known = wording(document.text)));
  return known;
}

function wording(text: string): string {
  return text.replace(/[\s.,?!"'“”‘’]/g, '');
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
