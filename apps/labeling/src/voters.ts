import { type Evidence, type Problem, type Versions, type VotesMessage } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { castVotes, toMessage } from '@math-labeler/labeler';
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

  /** Rejects with the signal's reason when it takes too long. */
  async vote({ content, text }: Problem, evidence: Evidence, signal: AbortSignal): Promise<VotesMessage> {
    signal.throwIfAborted();
    return toMessage(castVotes(new ProblemText(content, text), evidence, this.model, this.positions), this.curriculum);
  }
}
