import { type Votes } from '@math-labeler/confidence';
import { type Evidence, type VoterFavourites, type VotesMessage } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { consistentStandards, LEVEL_SCORES, type LocalModel, neighbourVote } from '@math-labeler/local-model';
import { type ProblemText } from '@math-labeler/problem-text';
import { rounded } from './rounded.js';

/** Every voter's say on a problem. */
export function castVotes(problem: ProblemText, evidence: Evidence, model: LocalModel, positions: ReadonlyMap<string, number>): Votes {
  const { standards, levels, familiarity } = model.score(problem);
  return {
    local: { standards: standards.map(rounded), levels: (standard) => levels(standard).map(rounded), familiarity: rounded(familiarity) },
    ...unlearnedVotes(problem, evidence, positions),
  };
}

/** What the voters say that learn nothing: the neighbours and the checks. */
export function unlearnedVotes(problem: ProblemText, { candidates, wordForWord }: Evidence, positions: ReadonlyMap<string, number>): Omit<Votes, 'local'> {
  return { neighbours: neighbourVote(candidates, positions).map(rounded), checks: checkVote(problem, positions), ceiling: ceilingOf(wordForWord) };
}

/** The most that can be known from a text: see `Votes.ceiling`. */
export function ceilingOf(wordForWord: Evidence['wordForWord']): number {
  if (wordForWord.length < 2) return 1;
  const counts = wordForWord.map(({ examples }) => examples);
  return rounded(Math.max(...counts) / counts.reduce((a, b) => a + b, 0));
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

/** Votes as they travel: nothing is lost, since they are rounded. */
export function toMessage({ local, neighbours, checks, ceiling }: Votes, { standards }: Curriculum): VotesMessage {
  return {
    local: { standards: plain(local.standards), levels: standards.flatMap((_, standard) => plain(local.levels(standard))), familiarity: rounded(local.familiarity) },
    neighbours: plain(neighbours),
    checks: standards.filter((_, standard) => checks[standard] === 1).map(({ code }) => code),
    ceiling,
  };
}

/** Votes as the sender had them; throws RangeError where they are not of this curriculum. */
export function fromMessage({ local, neighbours, checks, ceiling }: VotesMessage, { standards }: Curriculum): Votes {
  if (local.standards.length !== standards.length || local.levels.length !== LEVEL_SCORES * standards.length || neighbours.length !== standards.length) {
    throw new RangeError(`votes on ${local.standards.length} standards, where the curriculum has ${standards.length}`);
  }
  const levels = Float32Array.from(local.levels);
  return {
    local: {
      standards: Float32Array.from(local.standards),
      levels: (standard) => levels.subarray(LEVEL_SCORES * standard, LEVEL_SCORES * (standard + 1)),
      familiarity: local.familiarity,
    },
    neighbours: Float32Array.from(neighbours),
    checks: Float32Array.from(standards, ({ code }) => (checks.includes(code) ? 1 : 0)),
    ceiling,
  };
}

const FAVOURITES = 5;

/** The standards that each voter favours, best first. */
export function favourites({ local, neighbours, checks }: Votes, { standards }: Curriculum): VoterFavourites[] {
  const best = (voter: string, scores: Float32Array): VoterFavourites => ({
    voter,
    favourites: standards
      .map(({ code }, i) => ({ code, score: rounded(scores[i]) }))
      .filter(({ score }) => voter === 'local' || score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, FAVOURITES),
  });
  return [best('local', local.standards), best('neighbours', neighbours), best('checks', checks)];
}

function plain(values: Float32Array): number[] {
  return Array.from(values, rounded);
}
