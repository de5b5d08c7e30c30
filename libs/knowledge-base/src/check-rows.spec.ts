import { type GoldProblem } from '@math-labeler/curriculum';
import { checkRows, type CheckOptions } from './check-rows.js';
import { type Finding } from './finding.js';
import { type LabelledRow } from './labelled-row.js';
import { row } from './rows.fixture.js';

interface Setting {
  readonly known?: readonly LabelledRow[];
  readonly gold?: readonly string[];
  readonly relabelling?: CheckOptions['relabelling'];
}

/** `fit` by content; findings as `kind@line`. */
async function check(rows: readonly LabelledRow[], { known = [], gold = [], relabelling = 'refused' }: Setting = {}): Promise<{ fit: string[]; found: string[]; findings: Finding[] }> {
  const findings: Finding[] = [];
  const goldProblems = gold.map((text, i): GoldProblem => ({ id: `D${i}`, text, code: '2수01-01', level: 'B', type: '빈칸', grade: '1-1' }));
  const read = rows.map((each, i) => ({ row: each, place: { file: 'a.jsonl', line: i + 1 } }));
  const { fit } = await checkRows(read, { known, gold: goldProblems }, { relabelling, onFinding: (found) => findings.push(found) });
  return { fit: fit.map(({ content }) => content), found: findings.map(({ kind, error }) => `${kind}@${error.place.line}`), findings };
}

const long = '사과가 바구니에 12개 있습니다. 그중에서 5개를 먹었다면 남은 사과는 모두 몇 개인지 식을 쓰고 답을 구하세요.';
const almost = long.replace('구하세요', '구하시오');
const otherNumbers = long.replace('12', '31');

test('what says the same in other spaces, brackets of HTML and forms of numbers is the same problem', async () => {
  expect(await check([row('３ + 5 = □'), row('<p>3+5 = □</p>')])).toMatchObject({ fit: ['３ + 5 = □'], found: ['duplicate@2'] });
});

test('a text with two labels is refused under both', async () => {
  expect(await check([row('3+5'), row('3 + 5', { level: 'A' }), row('3 +5')])).toMatchObject({ fit: [], found: ['conflict@2', 'duplicate@3'] });
});

test('what is known already adds nothing', async () => {
  expect(await check([row('3+5')], { known: [row('3 + 5', { id: 'T1' })] })).toMatchObject({ fit: [], found: ['known@1'] });
});

test('another label for a known text is refused, or replaces it where that was asked for', async () => {
  const known = [row('3+5', { id: 'T1' })];
  const rows = [row('3 + 5', { code: '2수01-04' })];
  const refused = await check(rows, { known });
  expect(refused).toMatchObject({ fit: [], found: ['knownConflict@1'] });
  expect(refused.findings[0].error.reason).toEqual({
    ko: '[2수01-04-B]인데 T1에는 [2수01-01-B]입니다: 3 + 5',
    en: 'is [2수01-04-B], but [2수01-01-B] at T1: 3 + 5',
  });
  expect(await check(rows, { known, relabelling: 'replaces' })).toMatchObject({ fit: ['3 + 5'], found: ['replaced@1'] });
});

test('the evaluation set stays out, whatever is asked for, and whether the text is the same or almost', async () => {
  expect(await check([row(` ${long}`), row(almost)], { gold: [long], relabelling: 'replaces' })).toMatchObject({ fit: [], found: ['leakage@1', 'nearLeakage@2'] });
});

test('an evaluation problem with other numbers is told of, and comes in', async () => {
  expect(await check([row(otherNumbers)], { gold: [long] })).toMatchObject({ fit: [otherNumbers], found: ['goldVariant@1'] });
});

test('short texts are alike by chance', async () => {
  expect(await check([row('60 ÷ 3 =')], { gold: ['48 ÷ 4 ='] })).toMatchObject({ fit: ['60 ÷ 3 ='], found: [] });
});

test('problems that differ in their numbers alone are a family, however many they are', async () => {
  const { fit, found } = await check([row(long), row(otherNumbers), row(long.replace('5개', '7개'))]);
  expect(fit).toHaveLength(3);
  expect(found).toEqual(['family@2', 'family@3']);
});

test('a decimal point is part of a number, any other point is not part of the text', async () => {
  const decimal = '길이가 1.5 cm인 끈과 2.5 cm인 끈을 이으면 모두 몇 cm인지 구하세요';
  expect((await check([row(decimal), row(decimal.replace('1.5', '15').replace('2.5', '25'))])).found).toEqual(['family@2']);
  expect((await check([row(decimal), row(`${decimal}.`)])).found).toEqual(['nearDuplicate@2']);
});

test('almost the same text with the same numbers is told of, and comes in', async () => {
  expect(await check([row(long), row(almost)])).toMatchObject({ fit: [long, almost], found: ['nearDuplicate@2'] });
  expect(await check([row(almost)], { known: [row(long)] })).toMatchObject({ fit: [almost], found: ['nearDuplicate@1'] });
});

test('almost the same text with another label is the graver finding', async () => {
  const { found } = await check([row(long), row(almost), row(`${long}!`, { level: 'C' })]);
  expect(found).toEqual(['nearDuplicate@2', 'nearConflict@3']);
});

test('a row that replaces a label is not compared with the one that it replaces', async () => {
  expect(await check([row(long, { level: 'A' })], { known: [row(long)], relabelling: 'replaces' })).toMatchObject({ found: ['replaced@1'] });
});
