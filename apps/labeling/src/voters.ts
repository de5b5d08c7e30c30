import { type Calibration, type Votes } from '@math-labeler/confidence';
import { type Evidence, type LabelDisputed, type Problem, type Versions, type VotesMessage } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { castVotes, inQuestion, type Labelling, LlmVoter, rankedCodes, toMessage } from '@math-labeler/labeler';
import { type LocalModel } from '@math-labeler/local-model';
import { ProblemText } from '@math-labeler/problem-text';
import { type Platform } from '@math-labeler/service-kit';

export interface VotersParts {
  readonly curriculum: Curriculum;
  readonly model: LocalModel;
  /** Ranks the standards that a language model is offered. */
  readonly calibration: Pick<Calibration, 'first'>;
  readonly versions: Versions;
  /** Undefined: no language model is asked. */
  readonly llm?: LlmVoter;
}

/** Those who say which standard and level they take a problem for, independently of each other. */
export class Voters {
  readonly versions: Versions;
  private readonly positions: ReadonlyMap<string, number>;

  constructor(private readonly parts: VotersParts) {
    this.versions = { ...parts.versions, ...parts.llm?.versions };
    this.positions = new Map(parts.curriculum.standards.map(({ code }, position) => [code, position]));
  }

  /** With the language model of the platform, if it has one. */
  static of(labelling: Labelling, { consultant, settings, logger }: Pick<Platform, 'consultant' | 'settings' | 'logger'>): Voters {
    if (consultant === undefined) return new Voters(labelling);
    const llm = new LlmVoter(consultant, labelling.curriculum, settings.llm!.samples);
    const fitted = labelling.llmCalibrations.of(llm.versions);
    logger.info({ ...llm.versions, reviewed: fitted?.problems ?? 0 }, fitted === undefined ? 'the language model votes with the shipped weights; mathlabel calibrate fits them to it' : 'the language model votes');
    return new Voters({ ...labelling, llm });
  }

  /** @param signal aborts when it takes too long: the rejection is then of no interest */
  async vote(problem: Problem, evidence: Evidence, signal: AbortSignal): Promise<VotesMessage> {
    const { curriculum, calibration, llm } = this.parts;
    const votes = this.cast(problem, evidence, signal);
    const message = toMessage(votes, curriculum, inQuestion(votes));
    return llm === undefined ? message : { ...message, llm: await llm.firstLook(problem.text, evidence, rankedCodes(votes, calibration, curriculum), signal) };
  }

  /** Votes once more, over the few standards that are left. */
  async voteAgain({ problem, evidence, shortList, llm: vote }: LabelDisputed['data'], signal: AbortSignal): Promise<VotesMessage> {
    const { curriculum, llm } = this.parts;
    const votes = this.cast(problem, evidence, signal);
    const message = toMessage(votes, curriculum, shortList.flatMap((code) => this.positions.get(code) ?? []));
    if (vote === undefined) return message;
    return { ...message, llm: llm === undefined ? vote : await llm.secondLook(problem.text, evidence, { shortList, vote, others: votes }, signal) };
  }

  private cast({ content, text }: Problem, evidence: Evidence, signal: AbortSignal): Votes {
    signal.throwIfAborted();
    return castVotes(new ProblemText(content, text), evidence, this.parts.model, this.positions);
  }
}
