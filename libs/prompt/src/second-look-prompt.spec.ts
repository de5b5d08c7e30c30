import { shippedCurriculum } from './curriculum.fixture.js';
import { type SecondQuestion, secondLookPrompt } from './second-look-prompt.js';

const curriculum = shippedCurriculum();
const question: SecondQuestion = {
  text: '사과 3개와 배 2개를 더하는 식을 쓰세요.',
  shortList: ['2수01-06', '2수01-05', '2수01-08'],
  examples: [
    { code: '2수01-06', level: 'B', text: '23 + 45를 계산하세요.' },
    { code: '2수01-05', level: 'C', text: '덧셈식으로 나타내세요.' },
    { code: '6수04-01', level: 'B', text: '후보가 아닌 성취기준의 문제' },
  ],
  answer: { code: '2수01-06', reason: '두 수의 덧셈을 계산한다.' },
  objection: { code: '2수01-05', voters: ['local', 'neighbours'] },
};
const ask = (changes: Partial<SecondQuestion> = {}) => secondLookPrompt({ ...question, ...changes }, curriculum);

test('shows each standard of the short list with unit, statement and its own examples', () => {
  const { user, candidates } = ask();
  expect(candidates).toEqual(['2수01-05', '2수01-06', '2수01-08']);
  for (const [i, code] of candidates.entries()) expect(user).toContain(`${i + 1} ${code} [${curriculum.byCode.get(code)!.unit}] ${curriculum.byCode.get(code)!.statement}`);
  expect(user).toMatch(/1 2수01-05 .+\n<자료 \w+>\n\[2수01-05-C] 덧셈식으로 나타내세요\.\n<\/자료/);
  expect(user).not.toContain('후보가 아닌');
});

test('gives the rules between the standards, the first answer with its reason as data, and who objects', () => {
  const { user } = ask();
  expect(user).toContain(curriculum.confusableRules(['2수01-05', '2수01-06'])[0].rule.ko);
  expect(user).toMatch(/앞선 답\n2수01-06\n<자료 (\w+)>\n두 수의 덧셈을 계산한다\.\n<\/자료 \1>/);
  expect(user).toContain('반론\n풀이 없이 많은 문제로 배운 분류 모델과 비슷한 문제들의 라벨은 2수01-05을 가리킵니다.');
});

test('says so when the first answer was that nothing fits, and when nobody in particular objects', () => {
  const { user } = ask({ answer: { reason: '없음' }, objection: { code: '2수01-08', voters: [] } });
  expect(user).toContain('앞선 답\n맞는 후보 없음\n');
  expect(user).toContain('반론\n2수01-08도 그럴듯해 보입니다.');
});

test('ends with the problem, and has a version of its own', () => {
  const { user, version } = ask();
  expect(user).toMatch(/<자료 (\w+)>\n사과 3개와 배 2개를 더하는 식을 쓰세요\.\n<\/자료 \1>$/);
  expect(version).toBe('second-c0e8e62c');
  expect(ask({ text: 'x' }).version).toBe(version);
});
