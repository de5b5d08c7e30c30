import { type Bilingual, type Curriculum } from '@math-labeler/curriculum';
import { explain } from './explain.js';
import { judge } from './judge.js';
import { calibration, votes } from './votes.fixture.js';

const codes = ['2수01-01', '2수01-02', '2수01-03', '2수01-04'];
const rule: Bilingual = { ko: '자릿값이면 02, 순서이면 03', en: 'places: 02, order: 03' };
const curriculum = {
  standards: codes.map((code) => ({ code })),
  confusableRules: (given: readonly string[]) => (given.includes('2수01-01') && given.includes('2수01-02') ? [{ codes: given, rule }] : []),
} as unknown as Curriculum;

function reasons(given: ReturnType<typeof votes>, context?: Float32Array): { ko: string; en: string } {
  const all = explain(judge(given, calibration, { errorTarget: 0.03, context }), given, curriculum);
  return { ko: all.map(({ ko }) => ko).join('\n'), en: all.map(({ en }) => en).join('\n') };
}

const sure = votes([2, -1, -1, -1], undefined, [-3, 3]);
const torn = votes([0.01, 0, -1, -1], [1, 0.9, 0, 0]);

test('voters that agree are said to agree, and nothing else is said where all is sure', () => {
  const { ko, en } = reasons(sure);
  expect(ko).toBe('학습 모델과 비슷한 문제들이 모두 2수01-01을(를) 가리킵니다.');
  expect(en).toBe('The trained model and the most similar examples both point to 2수01-01.');
});

test.each([
  ['voters that disagree are named', votes([0.2, 0, -1, -1], [0, 1, 0, 0]), '학습 모델은 2수01-01, 비슷한 문제들은 2수01-02'],
  ['no similar example is said', votes([2, -1, -1, -1], [0, 0, 0, 0]), '비슷한 문제는 없습니다'],
  ['a second look names its short list', torn, '후보 2수01-01, 2수01-02'],
  ['the rule that tells the best two apart is told', torn, rule.ko],
  ['consistent operations and numbers are told', { ...torn, checks: Float32Array.of(1, 0, 0, 0) }, '연산과 수의 종류, 단위로 보면 2수01-01'],
  ['words that many standards share are told', { ...torn, ceiling: 0.3 }, '똑같이 나오는 말'],
  ['unfamiliar words are told', { ...torn, local: { ...torn.local, familiarity: 0.2 } }, '배운 문제에 없던 낱말'],
  ['an unsure level beside a sure standard is told', votes([2, -1, -1, -1], undefined, [0.05, 0.1]), '성취기준은 확실하지만 성취수준'],
])('%s', (_, given, expected) => {
  expect(reasons(given).ko).toContain(expected);
  expect(reasons(sure).ko).not.toContain(expected);
});

test('a label that the context changed says what it would have been', () => {
  const { ko, en } = reasons(torn, Float32Array.of(-6, 0, 0, 0));
  expect(ko).toContain('학년 정보가 없었다면 2수01-01');
  expect(en).toContain('would have been 2수01-01');
});

test('an unsure level is not called so beside a standard that is itself unsure', () => {
  expect(reasons(votes([0.01, 0, -1, -1], [1, 0.9, 0, 0], [0.05, 0.1])).ko).not.toContain('성취기준은 확실하지만');
});

describe('where a language model names another standard', () => {
  const says = (standard: number, second: boolean) => ({ first: [{ standard, level: 1, certainty: 'high' as const }], second: second ? [{ standard, level: 1, certainty: 'high' as const }] : [] });

  test('a second look is told as a comparison, not as doubt', () => {
    const { ko } = reasons({ ...sure, llm: says(1, false) });
    expect(ko).toContain('언어 모델의 답과 다른 근거를 견주어');
    expect(ko).not.toContain('보다 낮아');
  });

  test('and overrules the others, it is told why a person looks', () => {
    const given = { ...votes([0.5, 0, -1, -1], [1, 0, 0, 0]), llm: says(1, true) };
    const keen = { ...calibration, operatingPoints: [{ threshold: 0.1, coverage: 1, error: 0 }] };
    const judgement = judge(given, keen, { errorTarget: 0.03 });
    expect(explain(judgement, given, curriculum).map(({ ko }) => ko)).toContain('언어 모델만 이렇게 보았으므로, 신뢰도가 높아도 사람이 확인합니다.');
    expect(reasons(sure).ko).not.toContain('언어 모델만');
  });
});
