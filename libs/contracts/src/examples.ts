import { type Label } from './label-events.js';
import { type Evidence, type Problem, type Versions, type VotesMessage } from './parts.js';

// One problem on its whole way: documentation and fixtures.

export const submission = { id: '1', content: '100 이하의 수를 읽고 쓰세요.', metadata: { source: '여름 문제집', grade: '1' } };

export const rejection = { id: '2', code: 'INGESTION.EMPTY_TEXT', field: 'content', reason: { ko: '비어 있습니다', en: 'is empty' }, submitted: { id: '2', content: ' ' } };

export const problem: Problem = {
  id: '1',
  content: '100 이하의 수를 읽고 쓰세요.',
  text: '100 이하의 수를 읽고 쓰세요.',
  keywords: ['100', '수', '읽기'],
  metadata: { source: '여름 문제집', grade: '1' },
};

export const evidence: Evidence = {
  standards: [{ code: '2수01-01', score: 12.4106 }],
  examples: [{ id: 't1-0007', code: '2수01-01', level: 'B', text: '다음 수를 읽고 쓰세요. 57', score: 14.0219 }],
  candidates: [{ code: '2수01-01', score: 38.8431 }, { code: '2수01-02', score: 9.7304 }],
  wordForWord: [{ code: '2수01-01', examples: 1 }],
};

export const votes: VotesMessage = {
  local: { standards: [1.2031, -0.7312], levels: [{ code: '2수01-01', a: -0.4102, aOrB: 0.8123 }], familiarity: 1 },
  neighbours: [1, 0.2505],
  checks: ['2수01-01'],
  ceiling: 1,
};

export const versions: Versions = { mathlabel: '0.1.0', taxonomy: '8f14e45fceea', dataset: '9c1e0b7a5d20', model: '0b77a1c93e5f' };

export const label: Label = {
  id: '1',
  content: '100 이하의 수를 읽고 쓰세요.',
  category: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-A]' },
  code: '2수01-01',
  level: 'A',
  confidence: 0.9931,
  levelConfidence: 0.7412,
  decision: 'accepted',
  decidedBy: 'votes',
  reasons: [{ ko: '학습 모델과 비슷한 문제가 모두 2수01-01(으)로 봅니다.', en: 'The trained model and the similar examples agree on 2수01-01.' }],
  alternatives: [{ code: '2수01-02', probability: 0.0042 }],
  evidence: {
    standards: [{ code: '2수01-01', statement: '수의 필요성을 인식하면서 0과 100까지의 수 개념을 이해하고, 수를 세고 읽고 쓸 수 있다.', score: 12.4106 }],
    examples: evidence.examples,
  },
  metadata: { source: '여름 문제집', grade: '1' },
  versions,
  revision: 1,
  votes: [{ voter: 'local', favourites: [{ code: '2수01-01', score: 1.2031 }] }, { voter: 'neighbours', favourites: [{ code: '2수01-01', score: 1 }] }],
};
