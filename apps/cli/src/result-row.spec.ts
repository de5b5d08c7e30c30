import { type LabelResult } from '@math-labeler/contracts';
import { resultRow } from './result-row.js';

const result: LabelResult = {
  id: 'p1',
  content: '사과 15개를 5명이 똑같이 나누면 한 명은 몇 개인가요?',
  category: { 대분류: '수와 연산', 중분류: '세 자리 수 범위의 나눗셈', '하위 분류': '[4수01-05-B]' },
  code: '4수01-05',
  level: 'B',
  confidence: 0.97,
  levelConfidence: 0.8,
  decision: 'review',
  decidedBy: 'votes',
  reasons: [
    { ko: '첫째.', en: 'First.' },
    { ko: '둘째.', en: 'Second.' },
  ],
  alternatives: [
    { code: '4수01-06', probability: 0.02 },
    { code: '2수01-11', probability: 0.005 },
  ],
  evidence: { standards: [], examples: [{ id: 'e', code: '4수01-05', level: 'B', text: '비슷한 문제', score: 12 }] },
  versions: { mathlabel: '0.1.0', taxonomy: 't', dataset: 'd', model: 'm' },
};

test('a result is one row: Korean headers for the category, the decision and its reasons in the language of the reader', () => {
  expect(resultRow(result, 'ko')).toEqual({
    id: 'p1',
    content: result.content,
    대분류: '수와 연산',
    중분류: '세 자리 수 범위의 나눗셈',
    '하위 분류': '[4수01-05-B]',
    code: '4수01-05',
    level: 'B',
    confidence: 0.97,
    levelConfidence: 0.8,
    decision: '검토 필요',
    alternative1: '4수01-06',
    probability1: 0.02,
    alternative2: '2수01-11',
    probability2: 0.005,
    reasons: '첫째. 둘째.',
    similar: '비슷한 문제',
    model: 'm',
  });
  expect(resultRow(result, 'en')).toMatchObject({ decision: 'review', reasons: 'First. Second.' });
});

test('a problem that resembles no example has an empty cell there', () => {
  expect(resultRow({ ...result, evidence: { standards: [], examples: [] } }, 'ko')['similar']).toBe('');
});
