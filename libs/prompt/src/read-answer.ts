import { type LlmAnswer } from '@math-labeler/contracts';
import { LEVELS } from '@math-labeler/curriculum';
import { z } from 'zod';
import { CERTAINTIES, NONE } from './answer-schema.js';
import { visible, whole } from './spotlight.js';

/** A token of the answer with its natural log probability, and the likeliest in its place. */
export interface AnswerToken {
  readonly text: string;
  readonly logprob: number;
  readonly top: readonly { readonly text: string; readonly logprob: number }[];
}

const LONGEST_REASON = 200;

const answer = z.object({ reason: z.string(), standard: z.string(), level: z.enum(LEVELS), certainty: z.enum(CERTAINTIES) });

/**
 * What a model has answered, checked once more whatever the provider promises: undefined for anything but one of the candidates (codes, by number from 1)
 * with a level. Never throws.
 */
export function readAnswer(text: string, candidates: readonly string[], tokens?: readonly AnswerToken[]): LlmAnswer | undefined {
  const parsed = answer.safeParse(jsonIn(text));
  if (!parsed.success) return undefined;
  const { reason, standard, level, certainty } = parsed.data;
  const code = codeOf(standard, candidates);
  if (code === undefined && standard !== NONE) return undefined;
  return { ...(code === undefined ? {} : { code }), level, certainty, reason: plain(reason), ...probabilitiesOf(standard, candidates, tokens) };
}

/** Some servers put the answer into a fence. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''));
  } catch {
    return undefined;
  }
}

function codeOf(number: string, candidates: readonly string[]): string | undefined {
  return /^[1-9]\d?$/.test(number) ? candidates[Number(number) - 1] : undefined;
}

/** One line that can be shown anywhere: no controls, and no markup. */
function plain(reason: string): string {
  const line = visible(reason).replace(/\s+/g, ' ').replace(/[<>`\\]/g, ' ').trim();
  return line.length <= LONGEST_REASON ? line : `${whole(line.slice(0, LONGEST_REASON - 1))}…`;
}

/** Of the number's own tokens: those of the reason before it say nothing about it (PyPI llm-structured-confidence). */
function probabilitiesOf(number: string, candidates: readonly string[], tokens: readonly AnswerToken[] = []): Pick<LlmAnswer, 'probability' | 'others'> {
  const own = tokensOf(number, tokens);
  if (own.length === 0) return {};
  const probability = share(own.reduce((sum, { logprob }) => sum + logprob, 0));
  if (own.length > 1) return { probability };
  const others = own[0].top.flatMap(({ text, logprob }) => {
    const other = digits(text);
    const code = other === number ? undefined : codeOf(other, candidates);
    return code === undefined ? [] : [{ code, probability: share(logprob) }];
  });
  return { probability, others };
}

/** The tokens that hold the value of `standard`, in whatever pieces it came. */
function tokensOf(number: string, tokens: readonly AnswerToken[]): readonly AnswerToken[] {
  const whole = tokens.map(({ text }) => text).join('');
  const found = [...whole.matchAll(/"standard"\s*:\s*"(\d+)"/g)].at(-1);
  if (found === undefined || found[1] !== number) return [];
  const end = found.index + found[0].length - 1;
  const begin = end - number.length;
  let at = 0;
  return tokens.filter(({ text }) => {
    const from = at;
    at += text.length;
    return from < end && at > begin;
  });
}

function digits(text: string): string {
  return /\d+/.exec(text)?.[0] ?? '';
}

function share(logprob: number): number {
  return Math.round(Math.exp(Math.min(0, logprob)) * 1e4) / 1e4;
}
