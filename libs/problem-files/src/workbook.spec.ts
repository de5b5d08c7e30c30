import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { formatPlace } from '@math-labeler/curriculum';
import { ZipFile } from 'yazl';
import { readProblems } from './read-problems.js';

interface Tab {
  readonly name: string;
  readonly hidden?: true;
  /** The content of `<sheetData>`. */
  readonly rows: string;
}

/** A workbook as Excel writes it, as far as reading cares. */
async function workbook(tabs: readonly Tab[], strings = '', formats = ''): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (name: string, xml: string) => zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`), name);
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  add('[Content_Types].xml', '<Types/>');
  add('xl/workbook.xml', `<workbook ${main} xmlns:r="${relations}"><workbookPr/><sheets>${tabs.map(({ name, hidden }, index) => `<sheet name="${name}" sheetId="${index + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`);
  add('xl/_rels/workbook.xml.rels', `<Relationships>${tabs.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`);
  add('xl/sharedStrings.xml', `<sst ${main}>${strings}</sst>`);
  add('xl/styles.xml', `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;년&quot; m&quot;월&quot; d&quot;일&quot;"/><numFmt numFmtId="165" formatCode="[Red]0.0&quot;m&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>${formats}</cellXfs></styleSheet>`);
  tabs.forEach(({ rows }, index) => add(`xl/worksheets/sheet${index + 1}.xml`, `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`));
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const inline = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
const header = `<row r="1">${inline('A1', '번호')}${inline('B1', '문제')}${inline('C1', '값')}</row>`;

async function read(bytes: Buffer) {
  const problems = [];
  const others: string[] = [];
  for await (const outcome of readProblems({ name: 'a.xlsx', stream: Readable.from([bytes]) })) {
    if (outcome.kind === 'problem') problems.push(outcome.problem);
    else if (outcome.kind === 'fault') others.push(`${formatPlace(outcome.error.place)} ${outcome.error.code}`);
    else others.push(`${formatPlace(outcome.place)} ${outcome.code}`);
  }
  return { problems, others };
}

describe('a cell', () => {
  test.each([
    ['a shared string', '<c r="C2" t="s"><v>0</v></c>', '가나'],
    ['rich text, without the reading of a Japanese name', '<c r="C2" t="s"><v>1</v></c>', '굵은 글'],
    ['text in place', inline('C2', '3 &lt; 5'), '3 < 5'],
    ['a number', '<c r="C2"><v>0.5</v></c>', 0.5],
    ['a truth value', '<c r="C2" t="b"><v>1</v></c>', true],
    ['a formula as it was last computed', '<c r="C2" t="str"><f>A1&amp;"x"</f><v>계산된 글</v></c>', '계산된 글'],
    // 45296 is 5 January 2024: 2024-01-01 is 45292 in the documentation of DATEVALUE.
    ['a date', '<c r="C2" s="1"><v>45296</v></c>', '2024-01-05'],
    ['a date in a Korean format', '<c r="C2" s="2"><v>45296</v></c>', '2024-01-05'],
    ['a number in a format with letters', '<c r="C2" s="3"><v>45296</v></c>', 45296],
    ['an escaped line end', inline('C2', '가_x000D_나'), '가\r나'],
  ])('%s', async (_, cell, expected) => {
    const strings = '<si><t>가나</t></si><si><r><rPr><b/></rPr><t>굵은</t></r><r><t xml:space="preserve"> 글</t></r><rPh sb="0" eb="1"><t>읽기</t></rPh></si>';
    const { problems } = await read(await workbook([{ name: '표', rows: `${header}<row r="2"><c r="A2"><v>7</v></c>${inline('B2', '3+4')}${cell}</row>` }], strings));
    expect(problems[0]).toMatchObject({ id: '7', text: '3+4', metadata: { 값: expected }, place: { member: '표', row: 2 } });
  });

  test.each([
    ['an error', '<c r="C2" t="e"><v>#N/A</v></c>'],
    ['nothing', ''],
    ['a formula that was never computed', '<c r="C2"><f>A1</f></c>'],
  ])('%s is empty', async (_, cell) => {
    const { problems } = await read(await workbook([{ name: '표', rows: `${header}<row r="2">${inline('B2', '3+4')}${cell}</row>` }]));
    expect(problems[0].metadata).toBeUndefined();
  });

  test('a number in the text column is text', async () => {
    const { problems } = await read(await workbook([{ name: '표', rows: `${header}<row r="2"><c r="B2"><v>12</v></c></row>` }]));
    expect(problems[0].text).toBe('12');
  });
});

test('rows keep the numbers that a person sees, empty ones and a title above the header included', async () => {
  const rows = `<row r="1">${inline('A1', '3학년 단원평가')}</row><row r="3">${inline('A3', '번호')}${inline('B3', '문제')}</row><row r="6">${inline('B6', '3+4')}</row><row r="8"><c r="A8"><v>2</v></c></row>`;
  const { problems, others } = await read(await workbook([{ name: '표', rows }]));
  expect(problems.map(({ id }) => id)).toEqual(['a.xlsx › 표:6']);
  expect(others).toEqual(['a.xlsx › 표:8 PROBLEM_FILES.EMPTY_TEXT']);
});

test('every visible sheet with a text column is read; hidden ones are not, others are passed over with a word', async () => {
  const sheet = (text: string) => `${header}<row r="2"><c r="A2"><v>1</v></c>${inline('B2', text)}</row>`;
  const { problems, others } = await read(
    await workbook([
      { name: '안내', rows: `<row r="1">${inline('A1', '작성 방법')}</row>` },
      { name: '1단원', rows: sheet('하나') },
      { name: '2단원', rows: sheet('둘') },
      { name: '숨김', hidden: true, rows: sheet('셋') },
    ]),
  );
  expect(problems.map(({ id, text }) => [id, text])).toEqual([['1', '하나'], ['a.xlsx › 2단원#1', '둘']]);
  expect(others).toEqual(['a.xlsx › 2단원:2 PROBLEM_FILES.REPEATED_IDS', 'a.xlsx › 안내:1 PROBLEM_FILES.NO_TEXT_COLUMN']);
});

test('a workbook without any text column is refused', async () => {
  const { others } = await read(await workbook([{ name: '표', rows: `<row r="1">${inline('A1', '제목')}</row>` }]));
  expect(others).toEqual(['a.xlsx › 표:1 PROBLEM_FILES.NO_TEXT_COLUMN']);
});

test.each([
  ['of broken XML', '<row r="1"><c></row>'],
  ['cut off', '<row r="1"></sheetData>'],
])('a sheet %s is a damaged workbook', async (_, rows) => {
  expect((await read(await workbook([{ name: '표', rows }]))).others).toEqual(['a.xlsx PROBLEM_FILES.CORRUPT_WORKBOOK']);
});

test('a zip archive that calls itself a workbook is refused', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('x'), 'a.txt');
  zip.end();
  expect((await read(await buffer(zip.outputStream as Readable))).others).toEqual(['a.xlsx PROBLEM_FILES.CORRUPT_WORKBOOK']);
});
