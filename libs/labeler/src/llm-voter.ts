import { createHash } from 'node:crypto';
import { type Votes } from '@math-labeler/confidence';
import { type Evidence, type LlmAnswer, type LlmVote, type Versions } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { type Consultant, type Question, type Reply } from '@math-labeler/llm';
import { firstLookPrompt, isInstructionLike, type Prompt, readAnswer, secondLookPrompt, type SecondQuestion } from '@math-labeler/prompt';
import { objectionTo } from './objection.js';

/** Answers are short; models that think before they speak need room for that. */
const MOST_TOKENS = 2048;

/** What the second look is about. */
export interface Doubt {
  /** Codes of the standards that are left, the leading one first. */
  readonly shortList: readonly string[];
  /** Of the first look. */
  readonly vote: LlmVote;
  /** Of the other voters. */
  readonly others: Votes;
}

/**
 * A language model as one of the voters: it reads the problem beside standards and solved examples, and can name only one of these standards. It is not
 * asked about a text that speaks to whoever labels it: the answer might be the text's.
 */
export class LlmVoter {
  readonly versions: Pick<Versions, 'llm' | 'prompt'>;

  /** @param samples how often the first question is asked, where agreement is wanted */
  constructor(
    private readonly consultant: Consultant,
    private readonly curriculum: Curriculum,
    private readonly samples = 1,
  ) {
    const [{ code }] = curriculum.standards;
    this.versions = { llm: consultant.name, prompt: firstLookPrompt({ text: '', candidates: [code], examples: [] }, curriculum).version };
  }

  /**
   * Rejects for the signal's reason, and as the consultant does where what was answered cannot be kept; what else went wrong stands in `absence`.
   * @param text normalised, and without personal data
   * @param ranked codes of the standards in question, the leading one first
   */
  async firstLook(text: string, { examples }: Evidence, ranked: readonly string[], signal: AbortSignal): Promise<LlmVote> {
    if (isInstructionLike(text)) return { candidates: [], first: [], second: [], suspect: true };
    const prompt = firstLookPrompt({ text, candidates: ranked, examples: shown(examples) }, this.curriculum);
    const asked = await Promise.all(Array.from({ length: this.samples }, (_, sample) => this.ask(prompt, text, 'first look', sample, signal)));
    return voteOf(prompt.candidates, asked);
  }

  /** The vote of the first look with what is answered to the objection; as it was where there is nothing to object to. */
  async secondLook(text: string, { examples }: Evidence, doubt: Doubt, signal: AbortSignal): Promise<LlmVote> {
    const question = this.questionOf(text, examples, doubt);
    if (question === undefined) return doubt.vote;
    const prompt = secondLookPrompt(question, this.curriculum);
    const answer = await this.ask(prompt, text, 'second look', 0, signal);
    return typeof answer === 'string' ? { ...doubt.vote, absence: answer } : { ...doubt.vote, second: [answer] };
  }

  private questionOf(text: string, examples: Evidence['examples'], { shortList, vote, others }: Doubt): SecondQuestion | undefined {
    const [answer] = vote.first;
    if (answer === undefined) return undefined;
    const objection = objectionTo(answer.code, others, shortList, this.curriculum);
    if (objection === undefined) return undefined;
    const left = new Set([...shortList, ...(answer.code === undefined ? [] : [answer.code]), objection.code]);
    return { text, shortList: [...left], examples: shown(examples), answer, objection };
  }

  private async ask(prompt: Prompt, text: string, purpose: Question['purpose'], sample: number, signal: AbortSignal): Promise<LlmAnswer | NonNullable<LlmVote['absence']>> {
    const reply = await this.consultant.consult(questionOf(prompt, text, purpose, sample), signal);
    return typeof reply === 'string' ? reply : answerOf(reply, prompt);
  }
}

/** Reviewed problems are text from outside, too. */
function shown(examples: Evidence['examples']): Evidence['examples'] {
  return examples.filter(({ text }) => !isInstructionLike(text));
}

/** What the first look asks about a problem: once, or as often as there are to be samples. Parameters as of `LlmVoter.firstLook`. */
export function firstQuestions(text: string, { examples }: Pick<Evidence, 'examples'>, ranked: readonly string[], curriculum: Curriculum, samples: number): Question[] {
  if (isInstructionLike(text)) return [];
  const prompt = firstLookPrompt({ text, candidates: ranked, examples: shown(examples) }, curriculum);
  return Array.from({ length: samples }, (_, sample) => questionOf(prompt, text, 'first look', sample));
}

function questionOf({ version, candidates, system, user, schema }: Prompt, text: string, purpose: Question['purpose'], sample: number): Question {
  const problem = createHash('sha256').update(text).digest('hex');
  return { key: { problem, prompt: version, candidates, sample }, purpose, system, user, schema, maxOutputTokens: MOST_TOKENS };
}

function answerOf({ outcome, text, tokens }: Reply, { candidates }: Prompt): LlmAnswer | 'refused' | 'unusable' {
  if (outcome === 'refused' || outcome === 'filtered') return 'refused';
  return readAnswer(text, candidates, tokens) ?? 'unusable';
}

function voteOf(candidates: readonly string[], asked: readonly (LlmAnswer | NonNullable<LlmVote['absence']>)[]): LlmVote {
  const first = asked.filter((answer) => typeof answer !== 'string');
  const absence = asked.find((answer) => typeof answer === 'string');
  return { candidates: [...candidates], first, second: [], ...(absence === undefined ? {} : { absence }) };
}
