import { type LlmVote } from '@math-labeler/contracts';
import { type Judged, type Proportion, proportionOf } from '@math-labeler/evaluation';
import { textTable } from '../text-table.js';
import { type Session } from '../session.js';
import { type OpenedVoter } from './open-voter.js';

/** A problem that a language model was asked about: what it said, and what was right. */
export interface LlmOutcome {
  readonly gold: Judged['gold'];
  readonly vote: LlmVote;
}

/** What a language model has added, and what it costs, as `evaluate --json` prints it under `llm`. */
export interface LlmEvaluation {
  readonly model: string;
  readonly prompt: string;
  /** Share of problems whose right standard was among the candidates: no reader of them can be right more often. */
  readonly ceiling: Proportion;
  /** Share of its first answers that name the right standard, of those that there are. */
  readonly firstLook: Proportion;
  /** Share of its answers after the objection that do. */
  readonly secondLook: Proportion;
  /** Problems without an answer, by reason. */
  readonly absent: Readonly<Record<string, number>>;
  readonly perFirstLook: { readonly input: number; readonly cachedInput: number; readonly output: number } | null;
  /** US dollars for 1,000 problems, both looks together; null where the price is not known. */
  readonly dollarsPer1000: number | null;
}

export function evaluateLlm(outcomes: readonly LlmOutcome[], { voter, tally }: Pick<OpenedVoter, 'voter' | 'tally'>): LlmEvaluation {
  const { llm, prompt } = voter.versions;
  const isRight = ({ gold, vote }: LlmOutcome, look: 'first' | 'second'): boolean => gold.codes.includes(vote[look][0].code ?? '');
  const answered = (look: 'first' | 'second'): LlmOutcome[] => outcomes.filter(({ vote }) => vote[look].length > 0);
  const { replies, input, cachedInput, output } = tally.of('first look');
  const { dollars } = tally.all;
  return {
    model: llm!,
    prompt: prompt!,
    ceiling: proportionOf(outcomes.map(({ gold, vote }) => vote.candidates.some((code) => gold.codes.includes(code)))),
    firstLook: proportionOf(answered('first').map((one) => isRight(one, 'first'))),
    secondLook: proportionOf(answered('second').map((one) => isRight(one, 'second'))),
    absent: countsOf(outcomes.flatMap(({ vote }) => vote.absence ?? [])),
    perFirstLook: replies === 0 ? null : { input: input / replies, cachedInput: cachedInput / replies, output: output / replies },
    dollarsPer1000: dollars === undefined || outcomes.length === 0 ? null : (1000 * dollars) / outcomes.length,
  };
}

/** The same as lines for a terminal. */
export function renderLlm({ language }: Pick<Session, 'language'>, evaluation: LlmEvaluation): string {
  const { model, prompt, ceiling, firstLook, secondLook, absent, perFirstLook, dollarsPer1000 } = evaluation;
  const words = (ko: string, en: string): string => ({ ko, en })[language];
  const share = (name: string, { value, interval, n }: Proportion): string[] => [name, value === null ? '-' : percent(value), interval === null ? '-' : interval.map((end) => (100 * end).toFixed(1)).join(' – '), String(n)];
  return [
    `${words('언어 모델', 'language model')} ${model}  ${prompt}`,
    ...textTable([
      ['', words('값', 'value'), words('95 % 구간', '95 % interval'), words('문제', 'problems')],
      share(words('후보 안에 정답이 있음', 'right standard among candidates'), ceiling),
      share(words('첫 답이 맞음', 'first answer right'), firstLook),
      share(words('반론 뒤의 답이 맞음', 'answer after the objection right'), secondLook),
    ]),
    ...Object.entries(absent).map(([reason, count]) => `${words('답 없음', 'no answer')} (${reason}): ${count}`),
    ...(perFirstLook === null ? [] : [words(`첫 질문 하나에 입력 ${tokens(perFirstLook.input)}토큰 (캐시 ${tokens(perFirstLook.cachedInput)}), 출력 ${tokens(perFirstLook.output)}토큰`, `a first look: ${tokens(perFirstLook.input)} tokens in (${tokens(perFirstLook.cachedInput)} cached), ${tokens(perFirstLook.output)} out`)]),
    `${words('1,000문제에 드는 값', 'cost of 1,000 problems')}: ${dollarsPer1000 === null ? words('가격 모름', 'price unknown') : `$${dollarsPer1000.toFixed(3)}`}`,
  ].join('\n');
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function tokens(count: number): string {
  return Math.round(count).toLocaleString('en');
}
