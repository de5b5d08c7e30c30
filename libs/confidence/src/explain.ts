import { type Bilingual, type Curriculum } from '@math-labeler/curriculum';
import { SHORT_LIST } from './calibration.js';
import { type Judgement } from './judge.js';
import { type Votes } from './votes.js';

const SURE_OF_LEVEL = 0.7;
const UNFAMILIAR = 0.6;

/** Why a label was given, in sentences that a curriculum expert reads. */
export function explain(judgement: Judgement, votes: Votes, curriculum: Curriculum): Bilingual[] {
  const name = (position: number): string => curriculum.standards[position].code;
  const reasons = [agreement(judgement, votes, name)];
  if (judgement.decidedBy === 'second look') {
    const list = judgement.ranking.slice(0, SHORT_LIST);
    reasons.push(againReason(judgement, list.map(name).join(', ')));
    reasons.push(...curriculum.confusableRules([name(judgement.standard), name(judgement.ranking[1])]).map(({ rule }) => rule));
    if (votes.checks[judgement.standard] === 1) {
      reasons.push({
        ko: `연산과 수의 종류, 단위로 보면 ${name(judgement.standard)}에 맞습니다.`,
        en: `Its operations, kinds of numbers and units are those of ${name(judgement.standard)}.`,
      });
    }
    if (votes.ceiling < judgement.threshold) {
      reasons.push({
        ko: '여러 성취기준의 문제에 똑같이 나오는 말뿐입니다. 그림이나 식이 빠지지 않았는지 보세요.',
        en: 'Problems of several standards hold these very words: a picture or an expression may be missing.',
      });
    }
    if (votes.local.familiarity < UNFAMILIAR) {
      reasons.push({ ko: '배운 문제에 없던 낱말이 많습니다.', en: 'Many of its words occur in no solved example.' });
    }
  }
  if (judgement.withoutContext !== judgement.standard) {
    reasons.push({
      ko: `학년 정보가 없었다면 ${name(judgement.withoutContext)}(으)로 보았을 것입니다.`,
      en: `Without what is known of the grade it would have been ${name(judgement.withoutContext)}.`,
    });
  }
  if (judgement.decision === 'review' && judgement.confidence >= judgement.threshold) {
    reasons.push({ ko: '언어 모델만 이렇게 보았으므로, 신뢰도가 높아도 사람이 확인합니다.', en: 'Only the language model sees it so: a person looks, however sure it is.' });
  }
  if (judgement.decision === 'accepted' && judgement.levelConfidence < SURE_OF_LEVEL) {
    reasons.push({
      ko: `성취기준은 확실하지만 성취수준 ${judgement.level}는 확실하지 않습니다 (${percent(judgement.levelConfidence)}).`,
      en: `The standard is sure; level ${judgement.level} is not (${percent(judgement.levelConfidence)}).`,
    });
  }
  return reasons;
}

function againReason({ lookedAgain, threshold }: Judgement, list: string): Bilingual {
  return lookedAgain === 'contradicted'
    ? { ko: `언어 모델의 답과 다른 근거를 견주어 후보 ${list} 사이에서 다시 살펴보았습니다.`, en: `The language model’s answer and the other grounds were weighed against each other once more, among ${list}.` }
    : { ko: `신뢰도가 ${percent(threshold)}보다 낮아 후보 ${list} 사이에서 다시 살펴보았습니다.`, en: `Less sure than ${percent(threshold)}, so ${list} were looked at again.` };
}

function agreement({ standard }: Judgement, { local, neighbours }: Votes, name: (position: number) => string): Bilingual {
  const model = best(local.standards);
  const similar = best(neighbours);
  if (neighbours[similar] === 0) return { ko: `학습 모델이 ${name(model)}을(를) 가리킵니다. 비슷한 문제는 없습니다.`, en: `The trained model points to ${name(model)}; no solved example is similar.` };
  if (model === similar) {
    return model === standard
      ? { ko: `학습 모델과 비슷한 문제들이 모두 ${name(model)}을(를) 가리킵니다.`, en: `The trained model and the most similar examples both point to ${name(model)}.` }
      : { ko: `학습 모델과 비슷한 문제들은 ${name(model)}을(를) 가리키지만 다른 근거가 더 셉니다.`, en: `The trained model and the most similar examples point to ${name(model)}, but other grounds weigh more.` };
  }
  return {
    ko: `학습 모델은 ${name(model)}, 비슷한 문제들은 ${name(similar)}을(를) 가리킵니다.`,
    en: `The trained model points to ${name(model)}, the most similar examples to ${name(similar)}.`,
  };
}

function best(values: Float32Array): number {
  let position = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[position]) position = i;
  return position;
}

function percent(probability: number): string {
  return `${Math.round(100 * probability)} %`;
}
