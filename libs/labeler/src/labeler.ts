import { type Calibration, bandMass, type BandMass, type Circumstances, explain, firstLook, judge, type Judgement, softmax, type Votes } from '@math-labeler/confidence';
import { category, type Curriculum, type Level } from '@math-labeler/curriculum';
import { type LocalModel } from '@math-labeler/local-model';
import { analyse, type ProblemText } from '@math-labeler/problem-text';
import { type KnowledgeHit, type KnowledgeIndex } from '@math-labeler/search';
import { type Alternative, type ContextNote, type LabelResult, type Versions } from './label-result.js';
import { castVotes, NEIGHBOURS } from './voting.js';

/** What labelling is done with. */
export interface LabelerParts {
  readonly curriculum: Curriculum;
  readonly model: LocalModel;
  readonly calibration: Calibration;
  readonly index: KnowledgeIndex;
  readonly versions: Versions;
}

/** A problem that was read and voted on, before any context is weighed. */
export interface Reading {
  readonly problem: ProblemText;
  readonly votes: Votes;
  readonly hits: readonly KnowledgeHit[];
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

const ALTERNATIVES = 3;
const EXAMPLES_SHOWN = 3;
const STANDARDS_SHOWN = 2;

/** The whole path of a problem in one process: read, compare with what is known, vote, judge, explain. */
export class Labeler {
  readonly curriculum: Curriculum;
  private readonly positions: ReadonlyMap<string, number>;

  constructor(private readonly parts: LabelerParts) {
    this.curriculum = parts.curriculum;
    this.positions = new Map(parts.curriculum.standards.map(({ code }, i) => [code, i]));
  }

  /** Reads a problem's text and casts the votes. */
  async read(text: string): Promise<Reading> {
    const problem = analyse(text);
    const hits = await this.parts.index.search({ text: problem.text, limits: NEIGHBOURS });
    return { problem, hits, votes: castVotes(problem, this.parts.model, hits, this.positions) };
  }

  /** Learns one corrected problem at once: the model takes a step towards it, and it is evidence for the next. A full training replaces the step. */
  async learn({ id, text, code, level }: Correction): Promise<void> {
    const problem = analyse(text);
    const position = this.positions.get(code);
    if (position === undefined) throw new RangeError(`no standard of the curriculum: ${code}`);
    this.parts.model.correct(problem, position, level);
    await this.parts.index.put([{ id, kind: 'example', code, level, text: problem.text }]);
  }

  /** How much the votes give to each grade band: what a source's profile is learnt from. */
  bandMass({ votes }: Reading): BandMass {
    return bandMass(softmax(firstLook(votes, this.parts.calibration).logits), this.curriculum.standards);
  }

  judge({ votes }: Reading, circumstances: Circumstances): Judgement {
    return judge(votes, this.parts.calibration, circumstances);
  }

  label(id: string, reading: Reading, { note, ...circumstances }: LabelingContext): Omit<LabelResult, 'metadata'> {
    const { curriculum, versions } = this.parts;
    const { problem, votes, hits } = reading;
    const judgement = this.judge(reading, circumstances);
    const standard = curriculum.standards[judgement.standard];
    const alternatives = judgement.ranking
      .slice(1)
      .sort((a, b) => judgement.probabilities[b] - judgement.probabilities[a])
      .slice(0, ALTERNATIVES)
      .map((position): Alternative => ({ code: curriculum.standards[position].code, probability: rounded(judgement.probabilities[position]) }));
    return {
      id,
      content: problem.raw,
      category: category(standard, judgement.level),
      code: standard.code,
      level: judgement.level,
      confidence: rounded(judgement.confidence),
      levelConfidence: rounded(judgement.levelConfidence),
      decision: judgement.decision,
      decidedBy: judgement.decidedBy,
      reasons: explain(judgement, votes, curriculum),
      alternatives,
      evidence: evidenceOf(hits, curriculum),
      ...(note === undefined ? {} : { context: withoutContext(note, judgement, curriculum) }),
      versions,
    };
  }
}

function evidenceOf(hits: readonly KnowledgeHit[], { byCode }: Curriculum): LabelResult['evidence'] {
  const examples = hits.filter(({ document }) => document.kind === 'example').slice(0, EXAMPLES_SHOWN);
  const standards = hits.filter(({ document }) => document.kind === 'standard').slice(0, STANDARDS_SHOWN);
  return {
    standards: standards.map(({ document: { code }, score }) => ({ code, statement: byCode.get(code)!.statement, score: rounded(score) })),
    examples: examples.map(({ document: { id, code, level, text }, score }) => ({ id, code, level: level!, text, score: rounded(score) })),
  };
}

function withoutContext(note: Omit<ContextNote, 'without'>, { standard, withoutContext }: { standard: number; withoutContext: number }, { standards }: Curriculum): ContextNote {
  return standard === withoutContext ? note : { ...note, without: standards[withoutContext].code };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
