import { type Evidence, type Problem, type Versions, type VotesMessage } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { castVotes, inQuestion, toMessage } from '@math-labeler/labeler';
import { type LocalModel } from '@math-labeler/local-model';
import { ProblemText } from '@math-labeler/problem-text';

/** Those who say which standard and level they take a problem for, independently of each other. */
export class Voters {
  private readonly positions: ReadonlyMap<string, number>;

  constructor(
    private readonly curriculum: Curriculum,
    private readonly model: LocalModel,
    readonly versions: Versions,
  ) {
    this.positions = new Map(curriculum.standards.map(({ code }, position) => [code, position]));
  }

  /**
   * @param shortList standards whose levels are wanted, where it is not for the voters to say which are in question
   * @param signal aborts when it takes too long: the rejection is then of no interest
   */
  async vote({ content, text }: Problem, evidence: Evidence, signal: AbortSignal, shortList?: readonly string[]): Promise<VotesMessage> {
    signal.throwIfAborted();
    const votes = castVotes(new ProblemText(content, text), evidence, this.model, this.positions);
    const levelsOf = shortList?.flatMap((code) => this.positions.get(code) ?? []) ?? inQuestion(votes);
    return toMessage(votes, this.curriculum, levelsOf);
  }
}
