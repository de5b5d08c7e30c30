import { type Calibration, firstLook, type Votes } from '@math-labeler/confidence';
import { type Evidence, type LlmVote, type VoterFavourites, type VotesMessage } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { consistentStandards, type LocalModel, neighbourVote } from '@math-labeler/local-model';
import { type ProblemText } from '@math-labeler/problem-text';
import { withLlm } from './llm-says.js';
import { rounded } from './rounded.js';

/** Every voter's say on a problem but a language model's. */
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

/** Codes of all standards, those first that the votes favour, as a language model is offered them. */
export function rankedCodes(votes: Votes, calibration: Pick<Calibration, 'first'>, { standards }: Curriculum): string[] {
  return firstLook({ ...votes, llm: undefined }, calibration).order.map((position) => standards[position].code);
}

/** The standards that may turn out to be right whatever the context: the local model's favourites and the neighbours'. */
export function inQuestion({ local, neighbours }: Votes): number[] {
  return [...new Set([...best(local.standards, 3), ...best(neighbours, 1)])];
}

/** Votes as they travel, but a language model's: nothing is lost, since they are rounded; levels for some standards only, as each costs a look at the text. */
export function toMessage({ local, neighbours, checks, ceiling }: Votes, { standards }: Curriculum, levelsOf: readonly number[]): VotesMessage {
  return {
    local: {
      standards: plain(local.standards),
      levels: levelsOf.map((standard) => {
        const [a, aOrB] = plain(local.levels(standard));
        return { code: standards[standard].code, a, aOrB };
      }),
      familiarity: rounded(local.familiarity),
    },
    neighbours: plain(neighbours),
    checks: standards.filter((_, standard) => checks[standard] === 1).map(({ code }) => code),
    ceiling,
  };
}

/** Votes as the sender had them; the levels of a standard that the message does not hold are undecided. Throws RangeError where they are not of this curriculum. */
export function fromMessage({ local, neighbours, checks, ceiling, llm }: VotesMessage, curriculum: Curriculum): Votes {
  const { standards } = curriculum;
  if (local.standards.length !== standards.length || neighbours.length !== standards.length) {
    throw new RangeError(`votes on ${local.standards.length} standards, where the curriculum has ${standards.length}`);
  }
  const others: Votes = {
    local: {
      standards: Float32Array.from(local.standards),
      levels: (standard) => {
        const { a, aOrB } = local.levels.find(({ code }) => code === standards[standard].code) ?? { a: 0, aOrB: 0 };
        return Float32Array.of(a, aOrB);
      },
      familiarity: local.familiarity,
    },
    neighbours: Float32Array.from(neighbours),
    checks: Float32Array.from(standards, ({ code }) => (checks.includes(code) ? 1 : 0)),
    ceiling,
  };
  return withLlm(others, llm, curriculum);
}

const FAVOURITES = 5;

/** The standards that each voter favours, best first. */
export function favourites({ local, neighbours, checks }: Votes, llm: LlmVote | undefined, { standards }: Curriculum): VoterFavourites[] {
  const of = (voter: string, scores: Float32Array): VoterFavourites => ({
    voter,
    favourites: best(scores, FAVOURITES)
      .filter((standard) => voter === 'local' || scores[standard] > 0)
      .map((standard) => ({ code: standards[standard].code, score: rounded(scores[standard]) })),
  });
  return [of('local', local.standards), of('neighbours', neighbours), of('checks', checks), ...(llm === undefined ? [] : [{ voter: 'llm', favourites: sharesOf(llm) }])];
}

/** Of the answers that came last. */
function sharesOf({ first, second }: LlmVote): VoterFavourites['favourites'] {
  const latest = second.length > 0 ? second : first;
  const codes = [...new Set(latest.flatMap(({ code }) => code ?? []))];
  return codes.map((code) => ({ code, score: rounded(latest.filter((answer) => answer.code === code).length / latest.length) })).sort((a, b) => b.score - a.score);
}

/** Positions of the greatest scores, greatest first. */
function best(scores: Float32Array, count: number): number[] {
  const positions: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    let place = positions.length;
    while (place > 0 && scores[positions[place - 1]] < scores[i]) place--;
    if (place < count) {
      positions.splice(place, 0, i);
      positions.length = Math.min(positions.length, count);
    }
  }
  return positions;
}

function plain(values: Float32Array): number[] {
  return Array.from(values, rounded);
}
