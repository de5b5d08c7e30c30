import { shippedCurriculum } from './curriculum.fixture.js';
import { type FirstQuestion, FIRST_LOOK, firstLookPrompt } from './first-look-prompt.js';

const curriculum = shippedCurriculum();
const RANKED = ['2수01-06', '2수01-05', '4수01-03', '2수01-08', '2수01-09', '2수01-07', '2수02-01', '2수01-02', '2수01-03', '2수01-10', '2수01-01', '2수01-11', '6수01-01'];
const EXAMPLES = [
  { code: '2수01-06', level: 'B', text: '구슬 23개와\n45개를 더하면 모두 몇 개인가요?' },
  { code: '2수01-06', level: 'A', text: '37과 18을 더하는 방법을 두 가지로 설명하세요.' },
  { code: '2수01-05', level: 'C', text: '사과 3개와 배 2개를 더하는 식을 쓰세요.' },
  { code: '6수04-01', level: 'B', text: '후보가 아닌 성취기준의 문제' },
] as const;
const question: FirstQuestion = { text: '36과 25의 합을 구하세요.', candidates: RANKED, examples: EXAMPLES };
const ask = (changes: Partial<FirstQuestion> = {}) => firstLookPrompt({ ...question, ...changes }, curriculum);

test('asks about the first eight standards, numbered in the order of their codes, whatever their rank', () => {
  const { user, candidates } = ask();
  expect(candidates).toEqual(RANKED.slice(0, FIRST_LOOK.candidates).sort());
  expect(user).toContain('\n1 2수01-02\n2 2수01-05\n');
});

test('tells a standard of another sheet with unit and statement, and one of the sheet there alone', () => {
  const { system, user } = ask();
  const { unit, statement } = curriculum.byCode.get('4수01-03')!;
  expect(user).toContain(`8 4수01-03 [${unit}] ${statement}`);
  expect(user).not.toContain(curriculum.byCode.get('2수01-06')!.statement);
  for (const code of ['2수01-06', '2수03-01']) expect(system).toContain(`${code} ${curriculum.byCode.get(code)!.statement}`);
  expect(system).toContain(`[${curriculum.byCode.get('2수01-06')!.unit}]`);
});

test('begins with the same words for every problem whose leading standard is on the sheet', () => {
  const other = ask({ text: '다른 문제', candidates: ['2수03-01', ...RANKED], examples: [] });
  expect(other.system).toBe(ask().system);
  expect(ask({ candidates: ['4수03-01', ...RANKED] }).system).not.toBe(ask().system);
});

test('has five sheets, each of at least a thousand tokens or so, and every standard on one of them', () => {
  const systems = new Map<string, string[]>();
  for (const { code } of curriculum.standards) {
    const { system } = ask({ candidates: [code], examples: [] });
    systems.set(system, [...(systems.get(system) ?? []), code]);
  }
  expect([...systems.values()].map((codes) => codes.length)).toEqual([29, 19, 28, 20, 25]);
  for (const [system, codes] of systems) for (const code of codes) expect(system).toContain(`${code} ${curriculum.byCode.get(code)!.statement}`);
});

test('shows the most similar example of each standard before a second one, on one line, and none of other standards', () => {
  const { user } = ask();
  const lines = user.split('\n').filter((line) => line.startsWith('['));
  expect(lines).toEqual([
    '[2수01-06-B] 구슬 23개와 45개를 더하면 모두 몇 개인가요?',
    '[2수01-05-C] 사과 3개와 배 2개를 더하는 식을 쓰세요.',
    '[2수01-06-A] 37과 18을 더하는 방법을 두 가지로 설명하세요.',
  ]);
});

test('gives the rules that tell the leading standards apart', () => {
  const [{ rule }] = curriculum.confusableRules(['2수01-05', '2수01-06']);
  expect(ask().user).toContain(rule.ko);
  expect(ask({ candidates: ['2수01-01', '4수03-01'] }).user).not.toContain('가려내는 법');
});

test('has the problem last, between marks that hold a digest of what they enclose', () => {
  const { user } = ask();
  const [, mark, text] = /<자료 ([0-9a-f]{8})>\n([^\n]*)\n<\/자료 \1>$/.exec(user)!;
  expect(text).toBe(question.text);
  expect(ask({ text: '다른 문제' }).user).not.toContain(mark);
  expect(ask().user).toBe(user);
});

test('answers are a reason first, then the number of a candidate or 0, a level and a certainty', () => {
  const { schema } = ask({ candidates: RANKED.slice(0, 3) });
  expect(schema.schema).toMatchObject({
    properties: { standard: { enum: ['1', '2', '3', '0'] }, level: { enum: ['A', 'B', 'C'] }, certainty: { enum: ['high', 'medium', 'low'] } },
    required: ['reason', 'standard', 'level', 'certainty'],
    additionalProperties: false,
  });
  expect(Object.keys((schema.schema as { properties: object }).properties)[0]).toBe('reason');
});

test('a version is that of words and layout, not of the problem; the one that was measured is noted here', () => {
  expect(ask({ text: 'x', candidates: ['6수01-01'], examples: [] }).version).toBe(ask().version);
  expect(ask().version).toBe('first-6eae258f');
});

test('a very long problem keeps its beginning and its end', () => {
  const { user } = ask({ text: `처음${'가'.repeat(20_000)}마지막` });
  expect(user.length).toBeLessThan(6000);
  expect(user).toMatch(/처음가+\n\(가운데 줄임\)\n가+마지막/);
});
