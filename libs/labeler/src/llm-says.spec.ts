import { type Judgement, type Votes } from '@math-labeler/confidence';
import { type LlmAnswer, type LlmVote } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { llmReasons, withLlm } from './llm-says.js';

const codes = ['2수01-01', '2수01-02', '2수01-03', '2수01-04', '2수01-05'];
const standards = codes.map((code) => ({ code }));
const curriculum = { standards } as unknown as Curriculum;
const others: Votes = { local: { standards: Float32Array.of(4, 3, 2, 1, 0), levels: () => Float32Array.of(0, 0), familiarity: 1 }, neighbours: Float32Array.of(0.5, 0, 0, 1, 0.2), checks: new Float32Array(5), ceiling: 1 };
const answer = (code: string | undefined, changes: Partial<LlmAnswer> = {}): LlmAnswer => ({ ...(code === undefined ? {} : { code }), level: 'B', certainty: 'high', reason: '까닭', ...changes });
const vote = (first: readonly LlmAnswer[], changes: Partial<LlmVote> = {}): LlmVote => ({ candidates: [], first: [...first], second: [], ...changes });

test('answers count by the positions of their standards and levels', () => {
  expect(withLlm(others, vote([answer('2수01-02', { level: 'C', probability: 0.7 })], { second: [answer(undefined)] }), curriculum).llm).toEqual({
    first: [{ standard: 1, level: 2, certainty: 'high', probability: 0.7 }],
    second: [{ standard: undefined, level: 1, certainty: 'high' }],
  });
});

test('without an answer the votes are those of the others', () => {
  expect(withLlm(others, undefined, curriculum)).toBe(others);
  expect(withLlm(others, vote([], { absence: 'late' }), curriculum)).toBe(others);
});

describe('reasons', () => {
  const told = (some: LlmVote): string[] => llmReasons(some, { standard: 0 } as Judgement, curriculum).map(({ ko }) => ko);

  test.each([
    ['agrees', vote([answer('2수01-01')]), ['언어 모델도 2수01-01을(를) 골랐습니다: “까닭”']],
    ['differs', vote([answer('2수01-02')]), ['언어 모델은 2수01-02을(를) 골랐지만 다른 근거가 더 셉니다: “까닭”']],
    ['finds that nothing fits', vote([answer(undefined)]), ['언어 모델은 맞는 후보가 없다고 합니다: “까닭”']],
    ['changed its mind', vote([answer('2수01-02')], { second: [answer('2수01-01')] }), ['언어 모델도 2수01-01을(를) 골랐습니다: “까닭”', '언어 모델은 처음에 2수01-02(이)라고 했습니다.']],
    ['was not there', vote([], { absence: 'over budget' }), ['언어 모델의 답 없이 판정했습니다: 예산을 다 썼습니다.']],
    ['was not asked', vote([], { suspect: true }), ['문제 글에 라벨을 지시하는 듯한 말이 있어 언어 모델에는 묻지 않았습니다.']],
  ])('tell that the model %s', (_, some, lines) => {
    expect(told(some)).toEqual(lines);
  });
});
