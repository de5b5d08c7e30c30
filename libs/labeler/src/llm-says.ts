import { type Judgement, type LlmSay, type LlmSays, type Votes } from '@math-labeler/confidence';
import { type LlmAnswer, type LlmVote } from '@math-labeler/contracts';
import { type Bilingual, type Curriculum, LEVELS } from '@math-labeler/curriculum';

/**
 * The votes with a language model's. Its answers to a text that speaks to whoever labels it count only for a standard that the model trained on
 * problems has among its first three, or that the similar examples have first.
 */
export function withLlm(others: Votes, vote: LlmVote | undefined, { standards }: Curriculum): Votes {
  if (vote === undefined) return others;
  const position = new Map(standards.map(({ code }, i) => [code, i]));
  const counts = ({ code }: LlmAnswer): boolean => vote.suspect !== true || (code !== undefined && isSupported(position.get(code)!, others));
  const says = (answers: readonly LlmAnswer[]): LlmSay[] =>
    answers.filter(counts).map(({ code, level, certainty, probability }) => ({ standard: code === undefined ? undefined : position.get(code), level: LEVELS.indexOf(level), certainty, probability }));
  const llm: LlmSays = { first: says(vote.first), second: says(vote.second) };
  return llm.first.length + llm.second.length === 0 ? others : { ...others, llm };
}

function isSupported(standard: number, { local, neighbours }: Votes): boolean {
  const above = local.standards.filter((score) => score > local.standards[standard]).length;
  return above < 3 || neighbours[standard] === 1;
}

const ABSENCES: Readonly<Record<NonNullable<LlmVote['absence']>, Bilingual>> = {
  'over budget': { ko: '예산을 다 썼습니다', en: 'the budget is spent' },
  unavailable: { ko: '답하지 않습니다', en: 'it does not answer' },
  late: { ko: '제때 답하지 않았습니다', en: 'it did not answer in time' },
  misconfigured: { ko: '설정이 맞지 않습니다', en: 'it is not set up rightly' },
  refused: { ko: '답을 거절했습니다', en: 'it refused to answer' },
  unusable: { ko: '답을 쓸 수 없습니다', en: 'its answer was of no use' },
};

/** What the language model said of a label, in its own words, which are data. */
export function llmReasons({ first, second, absence, suspect }: LlmVote, { standard }: Judgement, { standards }: Curriculum): Bilingual[] {
  const reasons: Bilingual[] = [];
  const answer = second.at(-1) ?? first.at(0);
  if (answer !== undefined) reasons.push(answerReason(answer, standards[standard].code));
  if (second.length > 0 && first.length > 0 && second.at(-1)!.code !== first[0].code) {
    const before = first[0].code;
    reasons.push({ ko: `언어 모델은 처음에 ${before ?? '맞는 후보가 없다'}${before === undefined ? '고' : '(이)라고'} 했습니다.`, en: `At first the language model said ${before ?? 'that none fits'}.` });
  }
  if (suspect === true) reasons.push({ ko: '문제 글에 라벨을 지시하는 듯한 말이 있어, 다른 근거가 뒷받침하는 답만 세었습니다.', en: 'The text seems to tell how to label it: answers counted only where other evidence supports them.' });
  if (absence !== undefined) reasons.push({ ko: `언어 모델의 답 없이 판정했습니다: ${ABSENCES[absence].ko}.`, en: `Decided without ${answer === undefined ? 'the' : 'a further answer of the'} language model: ${ABSENCES[absence].en}.` });
  return reasons;
}

function answerReason({ code, reason }: LlmAnswer, decided: string): Bilingual {
  if (code === undefined) return { ko: `언어 모델은 맞는 후보가 없다고 합니다: “${reason}”`, en: `The language model finds that no candidate fits: “${reason}”` };
  if (code === decided) return { ko: `언어 모델도 ${code}을(를) 골랐습니다: “${reason}”`, en: `The language model chose ${code}, too: “${reason}”` };
  return { ko: `언어 모델은 ${code}을(를) 골랐지만 다른 근거가 더 셉니다: “${reason}”`, en: `The language model chose ${code}, but other grounds weigh more: “${reason}”` };
}
