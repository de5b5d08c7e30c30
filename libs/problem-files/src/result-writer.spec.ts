import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readFinished } from './finished-ids.js';
import { readProblems } from './read-problems.js';
import { openWriter } from './result-writer.js';

interface Result {
  readonly id: string;
  readonly content: string;
  readonly confidence: number;
}

const toRow = ({ id, content, confidence }: Result) => ({ id, '하위 분류': '[2수01-01-A]', confidence, content });
const result = (id: string, content: string): Result => ({ id, content, confidence: 0.9 });

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'result-writer-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

async function write(name: string, results: readonly Result[], append = false): Promise<string> {
  const writer = await openWriter(at(name), { toRow, append });
  for (const each of results) await writer.write(each);
  await writer.close();
  return readFileSync(at(name), 'utf8');
}

/** What our own reader makes of a written table. */
async function readBack(name: string): Promise<unknown[]> {
  const read = [];
  for await (const outcome of readProblems(at(name))) read.push(outcome.kind === 'problem' ? [outcome.problem.id, outcome.problem.text, outcome.problem.metadata] : outcome.kind);
  return read;
}

describe('NDJSON', () => {
  test('is one line a result', async () => {
    expect(await write('a.jsonl', [result('1', '줄\n바꿈'), result('2', '반쪽 \ud83d')])).toBe('{"id":"1","content":"줄\\n바꿈","confidence":0.9}\n{"id":"2","content":"반쪽 \\ud83d","confidence":0.9}\n');
  });

  test('goes to a stream, which is left open', async () => {
    const stream = new PassThrough();
    const writer = await openWriter<Result>(stream, { toRow });
    await writer.write(result('1', '하나'));
    await writer.close();
    expect(stream.writableEnded).toBe(false);
    stream.end();
    expect(await text(stream)).toBe('{"id":"1","content":"하나","confidence":0.9}\n');
  });

  test('a closed pipe is told to whoever writes', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })), highWaterMark: 1 });
    const writer = await openWriter<Result>(broken, { toRow });
    await expect(writer.write(result('1', '하나'))).rejects.toMatchObject({ code: 'EPIPE' });
  });
});

test('JSON is one array, an empty one too', async () => {
  expect(JSON.parse(await write('a.json', [result('1', '하나'), result('2', '둘')]))).toEqual([result('1', '하나'), result('2', '둘')]);
  expect(JSON.parse(await write('b.json', []))).toEqual([]);
});

describe('CSV', () => {
  test('opens in Korean Excel: a byte order mark, Windows line ends, quotes where they are needed', async () => {
    expect(await write('a.csv', [result('1', '사과, "배"\n감')])).toBe('\uFEFFid,하위 분류,confidence,content\r\n1,[2수01-01-A],0.9,"사과, ""배""\n감"\r\n');
  });

  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['-3+5=□', "'-3+5=□"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+ 기호', "'+ 기호"],
    ['-3', '-3'],
    ['+1.5', '+1.5'],
    ['3-5', '3-5'],
    ['− 3', '− 3'],
  ])('%s is written so that no spreadsheet runs it, and comes back as it was', async (content, cell) => {
    expect((await write('a.csv', [result('1', content)])).split('\r\n')[1]).toBe(`1,[2수01-01-A],0.9,${cell}`);
    expect(await readBack('a.csv')).toEqual([['1', content, { confidence: '0.9' }]]);
  });
});

describe('a workbook', () => {
  test('comes back as it was, what XML cannot hold included', async () => {
    await write('a.xlsx', [result('1', '=1+1 < 2 & "x"'), result('2', '줄\r\n바꿈 \u0001 _x0041_'), result('3', '  앞뒤  ')]);
    expect(await readBack('a.xlsx')).toEqual([
      ['1', '=1+1 < 2 & "x"', { confidence: 0.9 }],
      'notice',
      ['2', '줄\r\n바꿈 \u0001 _x0041_', { confidence: 0.9 }],
      ['3', '  앞뒤  ', { confidence: 0.9 }],
    ]);
    expect(existsSync(at('a.xlsx.part'))).toBe(false);
  });

  test('takes its place only when it is complete', async () => {
    const writer = await openWriter<Result>(at('a.xlsx'), { toRow });
    await writer.write(result('1', '하나'));
    expect(existsSync(at('a.xlsx'))).toBe(false);
    await writer.close();
    expect(existsSync(at('a.xlsx'))).toBe(true);
  });

  test('holds an empty sheet when there were no results', async () => {
    await write('a.xlsx', []);
    expect(await readBack('a.xlsx')).toEqual(['fault']);
  });
});

test.each([
  ['a.docx', {}, 'PROBLEM_FILES.UNSUPPORTED_FORM'],
  ['a.csv', { append: true }, 'PROBLEM_FILES.CANNOT_APPEND'],
  ['missing/a.jsonl', {}, 'PROBLEM_FILES.NOT_FOUND'],
  ['missing/a.xlsx', {}, 'PROBLEM_FILES.NOT_FOUND'],
])('%s cannot be written', async (name, options, code) => {
  await expect(openWriter<Result>(at(name), { toRow, ...options })).rejects.toMatchObject({ code });
});

describe('continuing after an interruption', () => {
  test('an incomplete last line is cut off, and the file goes on behind the complete ones', async () => {
    await write('a.jsonl', [result('1', '하나'), result('2', '둘')]);
    appendFileSync(at('a.jsonl'), Buffer.from('{"id":"3","content":"사과').subarray(0, -1));
    const done = await readFinished(at('a.jsonl'));
    expect([done.size, done.has('1'), done.has('2'), done.has('3')]).toEqual([2, true, true, false]);
    await write('a.jsonl', [result('3', '셋')], true);
    expect(readFileSync(at('a.jsonl'), 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as Result).id)).toEqual(['1', '2', '3']);
  });

  test('a file that does not exist holds none', async () => {
    expect((await readFinished(at('none.jsonl'))).size).toBe(0);
  });

  test.each([
    ['{"id":"1"}\nnot json\n{"id":"2"}\n', 2],
    ['{"text":"3+4"}\n', 1],
  ])('a file that is none of results is refused and not touched', async (content, line) => {
    writeFileSync(at('a.jsonl'), content);
    await expect(readFinished(at('a.jsonl'))).rejects.toMatchObject({ code: 'PROBLEM_FILES.NOT_RESULTS', place: { line } });
    expect(readFileSync(at('a.jsonl'), 'utf8')).toBe(content);
  });
});
