import { Readable } from 'node:stream';
import { type InputError } from '@math-labeler/curriculum';
import { type FindingKind } from './finding.js';
import { type LabelledRow } from './labelled-row.js';
import { readRows } from './read-rows.js';
import { curriculum } from './rows.fixture.js';

async function read(text: string, name = 'a.jsonl'): Promise<{ rows: LabelledRow[]; found: [FindingKind, string | undefined][]; errors: InputError[] }> {
  const [rows, found, errors]: [LabelledRow[], [FindingKind, string | undefined][], InputError[]] = [[], [], []];
  for await (const outcome of readRows([{ name, stream: Readable.from([Buffer.from(text)]) }], curriculum)) {
    if (outcome.kind === 'row') rows.push(outcome.read.row);
    if (outcome.kind === 'finding') {
      found.push([outcome.finding.kind, outcome.finding.error.field]);
      errors.push(outcome.finding.error);
    }
  }
  return { rows, found, errors };
}

const good = { id: '1', content: '사과는 모두 몇 개인가요?', category: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-A]' } };
const line = (changes: object): string => JSON.stringify({ ...good, ...changes });
const within = (changes: object): string => line({ category: { ...good.category, ...changes } });

test.each([
  ['JSON', 'a.json', `[${line({})}]`],
  ['NDJSON', 'a.ndjson', line({})],
  ['CSV', 'a.csv', 'id,content,대분류,중분류,하위 분류\n1,사과는 모두 몇 개인가요?,수와 연산,네 자리 이하의 수,[2수01-01-A]\n'],
])('a row of %s is read with its label', async (_, name, text) => {
  const { rows, found } = await read(text, name);
  expect(found).toEqual([]);
  expect(rows).toEqual([{ key: expect.stringMatching(/^[0-9a-f]{32}$/) as string, id: '1', content: good.content, code: '2수01-01', level: 'A', category: good.category, grade: '1-1', type: '', source: name }]);
});

test.each<[string, string, [FindingKind, string]]>([
  ['a text that is missing', line({ content: undefined }), ['unreadable', 'text']],
  ['a text that is empty', line({ content: ' ' }), ['unreadable', 'content']],
  ['a text that is a number', line({ content: 5 }), ['unreadable', 'content']],
  ['a category that is missing', line({ category: undefined }), ['missingLabel', 'code']],
  ['a level that is missing', within({ '하위 분류': '[2수01-01]' }), ['missingLabel', 'level']],
  ['a code that is no code', within({ '하위 분류': '덧셈' }), ['badLabel', '하위 분류']],
  ['a code that the curriculum lacks', within({ '하위 분류': '[2수09-01-A]' }), ['unknownCode', '하위 분류']],
  ['two codes', within({ '하위 분류': '[2수01-01-A], [2수01-04-A]' }), ['severalCodes', 'category']],
  ['a domain that is not the code’s', within({ 대분류: '도형과 측정' }), ['contradiction', '대분류']],
  ['a unit that is not the code’s', within({ 중분류: '덧셈과 뺄셈' }), ['contradiction', '중분류']],
  ['a domain that is no text', within({ 대분류: 1 }), ['contradiction', '대분류']],
  ['a code beside the category that says otherwise', line({ code: '2수01-04-A' }), ['contradiction', '하위 분류']],
])('%s is found, and the row left out', async (_, text, expected) => {
  expect(await read(text)).toMatchObject({ rows: [], found: [expected] });
});

test('in a table a domain that is not the code’s is found too, with its row', async () => {
  const { rows, found, errors } = await read('id,content,대분류,하위 분류\n1,3+5,수와 연산,[2수01-04-B]\n2,4+5,도형과 측정,[2수01-04-B]\n', 'a.csv');
  expect(rows.map(({ id }) => id)).toEqual(['1']);
  expect(found).toEqual([['contradiction', '대분류']]);
  expect(errors[0].place).toMatchObject({ file: 'a.csv', row: 3 });
});

test('names are compared without spaces and in any Unicode form', async () => {
  expect(await read(within({ 대분류: '수와연산'.normalize('NFD'), 중분류: '네자리 이하의수' }))).toMatchObject({ found: [], rows: [{ id: '1' }] });
});

test('a row without an id is told of, and named after its text, wherever it stands', async () => {
  const { rows, found } = await read(`\n${line({ id: undefined })}`);
  expect(found).toEqual([['noId', 'id']]);
  expect(rows[0].id).toBe(`k-${rows[0].key.slice(0, 12)}`);
});

test('a semester that the file tells is taken where it fits the standard', async () => {
  const grades = async (metadata: object): Promise<string> => (await read(line({ metadata }))).rows[0].grade;
  expect(await grades({ grade: '1-2' })).toBe('1-2');
  expect(await grades({ grade: 1, semester: 2 })).toBe('1-2');
  expect(await grades({ grade: '5-1' })).toBe('1-1');
});

test('personal data is told of and masked, and a row without any keeps the form it came in', async () => {
  const own = '이름: 김민수<br>지우네 화분은 몇 개인가요? (０１０-1234-5678)';
  const { rows, found, errors } = await read([line({ content: own }), line({ id: '2', content: '<p>３ + 5</p>' })].join('\n'));
  expect(rows.map(({ content }) => content)).toEqual(['이름: [이름]\n지우네 화분은 몇 개인가요? ([전화번호])', '<p>３ + 5</p>']);
  expect(found).toEqual([['personalData', 'content']]);
  expect(`${errors[0].message} ${JSON.stringify(errors[0])}`).not.toContain('김민수');
});

test('half of a surrogate pair is replaced, since not every store can hold it', async () => {
  expect((await read('{"id":"\\ud83d","content":"수 \\ud83d 세기","code":"2수01-01","level":"B"}')).rows).toMatchObject([{ id: '\ufffd', content: '수 \ufffd 세기' }]);
});
