import { type Judgement, type LlmSay, type LlmSays, type Votes } from '@math-labeler/confidence';
import { type LlmAnswer, type LlmVote } from '@math-labeler/contracts';
import { type Bilingual, type Curriculum, LEVELS } from '@math-labeler/curriculum';

/** The votes with a language model's. */
export function withLlm(others: Votes, vote: LlmVote | undefined, { standards }: Curriculum): Votes {
  if (vote === undefined || vote.first.length + vote.second.length === 0) return others;
  const position = new Map(standards.map(({ code }, i) => [code, i]));
  const says = (answers: readonly LlmAnswer[]): LlmSay[] =>
    answers.map(({ code, level, certainty, probability }) => ({ standard: code === undefined ? undefined : position.get(code), level: LEVELS.indexOf(level), certainty, probability }));
  const llm: LlmSays = { first: says(vote.first), second: says(vote.second) };
  return { ...others, llm };
}

const ABSENCES: Readonly<Record<NonNullable<LlmVote['absence']>, Bilingual>> = {
  'over budget': { ko: '예산을 다 썼습니다', en: 'the budget is spent' },
  unavailable: { ko: '답하지 않습니다', en: 'it does not answer' },
  late: { ko: '제때 답하지 않았습니다', en: 'it did not answer in time' },
  misconfigured: { ko: '설정이 맞지 않습니다', en: 'it is not set up rightly' },
  refused: { ko: '답을 거절했습니다', en: 'it refused to answer' },
  unusable: { ko: '답을 쓸 수 없습니다', en: 'its answer was of no use' },
};

const SUSPICION: Bilingual = { ko: '문제 글에 라벨을 지시하는 듯한 말이 있어 언어 모델에는 묻지 않았습니다.', en: 'The text seems to tell how to label it, so no language model was asked.' };

/** What the language model said of a label, in its own words, which are data. */
export function llmReasons(vote: LlmVote, { standard }: Judgement, { standards }: Curriculum): Bilingual[] {
  const { first, second, absence, suspect } = vote;
  const answer = second.at(-1) ?? first.at(0);
  const said = suspect === true ? [SUSPICION] : answer === undefined ? [] : [answerReason(answer, standards[standard].code), ...changeOfMind(vote)];
  if (absence === undefined) return said;
  return [...said, { ko: `언어 모델의 답 없이 판정했습니다: ${ABSENCES[absence].ko}.`, en: `Decided without ${answer === undefined ? 'the' : 'a further answer of the'} language model: ${ABSENCES[absence].en}.` }];
}

function answerReason({ code, reason }: LlmAnswer, decided: string): Bilingual {
  if (code === undefined) return { ko: `언어 모델은 맞는 후보가 없다고 합니다: “${reason}”`, en: `The language model finds that no candidate fits: “${reason}”` };
  if (code === decided) return { ko: `언어 모델도 ${code}을(를) 골랐습니다: “${reason}”`, en: `The language model chose ${code}, too: “${reason}”` };
  return { ko: `언어 모델은 ${code}을(를) 골랐지만 다른 근거가 더 셉니다: “${reason}”`, en: `The language model chose ${code}, but other grounds weigh more: “${reason}”` };
}

function changeOfMind({ first, second }: LlmVote): Bilingual[] {
  if (first.length === 0 || second.length === 0 || second.at(-1)!.code === first[0].code) return [];
  const before = first[0].code;
  return [{ ko: `언어 모델은 처음에 ${before ?? '맞는 후보가 없다'}${before === undefined ? '고' : '(이)라고'} 했습니다.`, en: `At first the language model said ${before ?? 'that none fits'}.` }];
}
