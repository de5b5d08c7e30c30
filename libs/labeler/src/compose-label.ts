import { explain, type Judgement, type Votes } from '@math-labeler/confidence';
import { type ContextNote, type Evidence, type LabelResult, type LlmVote, type Versions } from '@math-labeler/contracts';
import { category, type Curriculum } from '@math-labeler/curriculum';
import { llmReasons } from './llm-says.js';
import { rounded } from './rounded.js';

/** What a label is written from. */
export interface Decided {
  readonly id: string;
  readonly content: string;
  readonly votes: Votes;
  readonly evidence: Evidence;
  readonly judgement: Judgement;
  /** What a language model said, where one was asked. */
  readonly llm?: LlmVote;
  /** How the context that was weighed is to be told. */
  readonly note?: Omit<ContextNote, 'without'>;
  readonly metadata?: Record<string, unknown>;
  readonly versions: Versions;
}

const ALTERNATIVES = 3;
const EXAMPLES_SHOWN = 3;
const STANDARDS_SHOWN = 2;

/** Writes a decision down as people and programs read it. */
export function composeLabel({ id, content, votes, evidence, judgement, llm, note, metadata, versions }: Decided, curriculum: Curriculum): LabelResult {
  const { standards } = curriculum;
  const standard = standards[judgement.standard];
  return {
    id,
    content,
    category: category(standard, judgement.level),
    code: standard.code,
    level: judgement.level,
    confidence: rounded(judgement.confidence),
    levelConfidence: rounded(judgement.levelConfidence),
    decision: judgement.decision,
    decidedBy: judgement.decidedBy,
    reasons: [...explain(judgement, votes, curriculum), ...(llm === undefined ? [] : llmReasons(llm, judgement, curriculum))],
    alternatives: judgement.ranking
      .slice(1)
      .sort((a, b) => judgement.probabilities[b] - judgement.probabilities[a])
      .slice(0, ALTERNATIVES)
      .map((position) => ({ code: standards[position].code, probability: rounded(judgement.probabilities[position]) })),
    evidence: { standards: standardsOf(evidence, curriculum), examples: evidence.examples.slice(0, EXAMPLES_SHOWN) },
    ...(note === undefined ? {} : { context: withoutContext(note, judgement, curriculum) }),
    ...(metadata === undefined ? {} : { metadata }),
    versions,
  };
}

/** In their own words, which do not travel with the evidence. */
function standardsOf({ standards }: Evidence, { byCode }: Curriculum): LabelResult['evidence']['standards'] {
  return standards.slice(0, STANDARDS_SHOWN).flatMap(({ code, score }) => {
    const statement = byCode.get(code)?.statement;
    return statement === undefined ? [] : [{ code, statement, score }];
  });
}

function withoutContext(note: Omit<ContextNote, 'without'>, { standard, withoutContext: otherwise }: Judgement, { standards }: Curriculum): ContextNote {
  return standard === otherwise ? note : { ...note, without: standards[otherwise].code };
}
