import { type Calibration, bandMass, type BandMass, type Circumstances, firstLook, judge, type Judgement, SHORT_LIST, softmax, type Votes } from '@math-labeler/confidence';
import { type ContextNote, type Evidence, type LabelResult, type LlmVote, type Versions } from '@math-labeler/contracts';
import { type Curriculum, type Level } from '@math-labeler/curriculum';
import { type LocalModel } from '@math-labeler/local-model';
import { type PersonalDataPolicy, ProblemText, readText } from '@math-labeler/problem-text';
import { type KnowledgeIndex, type SemanticSearch } from '@math-labeler/search';
import { composeLabel } from './compose-label.js';
import { gatherEvidence } from './evidence.js';
import { type LlmCalibrations } from './llm-calibrations.js';
import { withLlm } from './llm-says.js';
import { type LlmVoter } from './llm-voter.js';
import { castVotes, rankedCodes } from './voting.js';

/** What labelling is done with. */
export interface LabelerParts {
  readonly curriculum: Curriculum;
  readonly model: LocalModel;
  readonly calibration: Calibration;
  readonly index: KnowledgeIndex;
  /** Undefined: examples are found by their wording alone. */
  readonly meaning?: SemanticSearch;
  readonly versions: Versions;
  /** Undefined: no language model is asked. */
  readonly llm?: LlmVoter;
  /** How it is weighed, where that was fitted. */
  readonly llmCalibrations?: LlmCalibrations;
  /** What becomes of personal data in what is read; `mask` by default. */
  readonly personalData?: PersonalDataPolicy;
}

/** A problem that was read and voted on, before any context is weighed. */
export interface Reading {
  readonly problem: ProblemText;
  readonly evidence: Evidence;
  readonly votes: Votes;
  /** What a language model said, once it was asked. */
  readonly llm?: LlmVote;
}

/** A problem with the label that a person gave it. */
export interface Correction {
  readonly id: string;
  readonly text: string;
  readonly code: string;
  readonly level: Level;
}

/** What is known beside the text, and how a result should tell of it. */
export interface LabelingContext extends Circumstances {
  readonly note?: Omit<ContextNote, 'without'>;
}

/** The whole path of a problem in one process: read, compare with what is known, vote, judge, explain. */
export class Labeler {
  readonly curriculum: Curriculum;
  private readonly positions: ReadonlyMap<string, number>;
  private readonly calibration: Calibration;

  constructor(private readonly parts: LabelerParts) {
    const { calibration, llm, llmCalibrations } = parts;
    this.curriculum = parts.curriculum;
    this.calibration = (llm === undefined ? undefined : llmCalibrations?.appliedTo(calibration, llm.versions)) ?? calibration;
    this.positions = new Map(parts.curriculum.standards.map(({ code }, i) => [code, i]));
  }

  /** Reads a problem's text and casts the votes. */
  async read(text: string): Promise<Reading> {
    const problem = this.problemOf(text);
    const evidence = await gatherEvidence(problem.text, this.parts.index, this.parts.meaning);
    return { problem, evidence, votes: castVotes(problem, evidence, this.parts.model, this.positions) };
  }

  /** Asks the language model, if there is one: once, and once more where the votes then do not settle the problem. Gives the reading with its votes. */
  async consult(reading: Reading, circumstances: Circumstances, signal: AbortSignal): Promise<Reading> {
    const { llm, curriculum } = this.parts;
    if (llm === undefined) return reading;
    const { problem, evidence, votes: others } = reading;
    const first = await llm.firstLook(problem.text, evidence, this.ranked(reading), signal);
    const heard = { ...reading, llm: first, votes: withLlm(others, first, curriculum) };
    const { decidedBy, ranking } = this.judge(heard, circumstances);
    if (decidedBy === 'votes' || first.first.length === 0) return heard;
    const shortList = ranking.slice(0, SHORT_LIST).map((position) => curriculum.standards[position].code);
    const second = await llm.secondLook(problem.text, evidence, { shortList, vote: first, others }, signal);
    return { ...reading, llm: second, votes: withLlm(others, second, curriculum) };
  }

  /** Codes of all standards, those first that the votes favour. */
  ranked({ votes }: Pick<Reading, 'votes'>): string[] {
    return rankedCodes(votes, this.calibration, this.curriculum);
  }

  /** Learns one corrected problem at once: the model takes a step towards it, and it is evidence for the next. A full training replaces the step. */
  async learn({ id, text, code, level }: Correction): Promise<void> {
    const problem = this.problemOf(text);
    const position = this.positions.get(code);
    if (position === undefined) throw new RangeError(`no standard of the curriculum: ${code}`);
    this.parts.model.correct(problem, position, level);
    await this.parts.index.put([{ id, kind: 'example', code, level, text: problem.text }]);
  }

  /** How much the votes give to each grade band: what a source's profile is learnt from. */
  bandMass({ votes }: Reading): BandMass {
    return bandMass(softmax(firstLook({ ...votes, llm: undefined }, this.calibration).logits), this.curriculum.standards);
  }

  judge({ votes }: Reading, circumstances: Circumstances): Judgement {
    return judge(votes, this.calibration, circumstances);
  }

  label(id: string, reading: Reading, { note, ...circumstances }: LabelingContext): Omit<LabelResult, 'metadata'> {
    const { problem, votes, evidence, llm } = reading;
    const judgement = this.judge(reading, circumstances);
    const versions = llm === undefined ? this.parts.versions : { ...this.parts.versions, ...this.parts.llm?.versions };
    return composeLabel({ id, content: problem.raw, votes, evidence, judgement, llm, note, versions }, this.curriculum);
  }

  private problemOf(content: string): ProblemText {
    return new ProblemText(content, readText(content, this.parts.personalData ?? 'mask'));
  }
}
