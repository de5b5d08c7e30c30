import { EVENTS, originOf } from '@math-labeler/contracts';
import { type Bilingual } from '@math-labeler/curriculum';

/** The contracts speak English; this is the same in Korean. */
const KOREAN: Readonly<Record<string, string>> = {
  'problem.submitted.v1': '문제를 보냈습니다 (입력 토픽)',
  'problem.rejected.v1': '라벨을 붙일 수 없는 문제이고, 까닭은 이렇습니다',
  'problem.ingested.v1': '문제를 확인하고 읽었습니다',
  'evidence.retrieved.v1': '문제와 가장 비슷한 성취기준과 풀린 예를 찾았습니다',
  'label.proposed.v1': '투표자들이 성취기준과 성취수준을 말했습니다',
  'label.disputed.v1': '표가 갈려 짧은 후보로 한 번 더 봅니다',
  'review.requested.v1': '사람이 라벨을 확인해야 합니다',
  'problem.labeled.v1': '문제에 라벨이나 라벨의 새 판이 붙었습니다 (결과 토픽)',
  'feedback.submitted.v1': '검토자가 답했습니다 (입력 토픽)',
  'feedback.recorded.v1': '검토자의 답을 받아들여 보관했습니다',
  'feedback.rejected.v1': '쓸 수 없는 답이고, 까닭은 이렇습니다',
  'model.promoted.v1': '새 모델을 쓰기 시작합니다',
  'model.rejected.v1': '새로 학습한 모델을 쓰지 않습니다',
  'model.rolled-back.v1': '이전 모델로 되돌립니다',
};

/** What the records of a topic tell; undefined for a topic that is not the product's. */
export function meaningOf(topic: string): Bilingual | undefined {
  const origin = originOf(topic);
  if (origin !== undefined) return { ko: `${origin}에서 처리하지 못한 것`, en: `What could not be handled of ${origin}.` };
  const contract = EVENTS.find(({ type }) => type === topic);
  return contract === undefined ? undefined : { ko: KOREAN[topic] ?? contract.description, en: contract.description };
}
