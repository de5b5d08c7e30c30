import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { formatPlace } from '@math-labeler/curriculum';
import { type Problem, type ReadOutcome } from './problem.js';
import { readProblems, type ReadOptions, type Source } from './read-problems.js';

interface Read {
  readonly problems: readonly Problem[];
  /** `place [field] code` of each fault. */
  readonly faults: readonly string[];
  readonly notices: readonly string[];
}

async function read(source: Source | readonly Source[], options: ReadOptions = {}): Promise<Read> {
  const outcomes: ReadOutcome[] = [];
  for await (const outcome of readProblems(source, options)) outcomes.push(outcome);
  return {
    problems: outcomes.flatMap((outcome) => (outcome.kind === 'problem' ? [outcome.problem] : [])),
    faults: outcomes.flatMap((outcome) => (outcome.kind === 'fault' ? [`${formatPlace(outcome.error.place)} [${outcome.error.field ?? ''}] ${outcome.error.code.replace('PROBLEM_FILES.', '')}`] : [])),
    notices: outcomes.flatMap((outcome) => (outcome.kind === 'notice' ? [`${formatPlace(outcome.place)} ${outcome.code.replace('PROBLEM_FILES.', '')}`] : [])),
  };
}

const stream = (name: string, ...content: (string | Uint8Array)[]): Source => ({ name, stream: Readable.from(content.map((piece) => Buffer.from(piece as string))) });
const readText = (name: string, text: string | Uint8Array, options?: ReadOptions) => read(stream(name, text), options);
const idsAndTexts = ({ problems }: Read) => problems.map(({ id, text }) => [id, text]);

describe('the forms of a file', () => {
  const expected = [
    ['p1', '3+4는?'],
    ['2', '사과, 배'],
  ];

  test.each([
    ['one JSON value a line', 'a.jsonl', '{"id":"p1","content":"3+4는?"}\n\n{"id":2,"text":"사과, 배"}\r\n'],
    ['a JSON array', 'a.json', '[\n{"id":"p1","content":"3+4는?"},\n{"id":2,"question":"사과, 배"}\n]'],
    ['an object that holds the list', 'a.json', '{\n "name": "x",\n "problems": [{"problem_id":"p1","문제":"3+4는?"},{"ID":2,"내용":"사과, 배"}]\n}'],
    ['lines in a file that calls itself JSON', 'a.json', '{"id":"p1","content":"3+4는?"}\n{"id":2,"text":"사과, 배"}\n'],
    ['an array in a file that promises lines', 'a.jsonl', '[{"id":"p1","content":"3+4는?"},{"id":2,"text":"사과, 배"}]'],
    ['CSV', 'a.csv', 'id,content\r\np1,3+4는?\r\n2,"사과, 배"\r\n'],
    ['CSV with semicolons', 'a.csv', 'ID;문제\np1;3+4는?\n2;사과, 배\n'],
    ['TSV', 'a.tsv', '문항 번호\t문제 내용\np1\t3+4는?\n2\t사과, 배\n'],
    ['a table under a title', 'a.csv', '3학년 단원평가,,\n\n번호,문제\np1,3+4는?\n2,"사과, 배"'],
    ['CSV with the line ends of old Macs', 'a.csv', 'id,text\rp1,3+4는?\r2,"사과, 배"\r'],
    ['JSON from a pipe', '-', '{"id":"p1","text":"3+4는?"}\n{"id":2,"text":"사과, 배"}'],
    ['a table from a pipe', '-', 'id,text\np1,3+4는?\n2,"사과, 배"\n'],
  ])('%s gives the same problems', async (_, name, text) => {
    const result = await readText(name, text);
    expect(idsAndTexts(result)).toEqual(expected);
    expect(result.faults).toEqual([]);
  });

  test('a single object over several lines is one problem', async () => {
    expect(idsAndTexts(await readText('a.json', '{\n  "id": "p1",\n  "text": "3+4는?"\n}\n'))).toEqual([['p1', '3+4는?']]);
  });

  test('without an id the place is the id', async () => {
    expect(idsAndTexts(await readText('a.jsonl', '\n{"text":"3+4"}\n'))).toEqual([['a.jsonl:2', '3+4']]);
    expect(idsAndTexts(await readText('a.csv', 'text\n3+4\n'))).toEqual([['a.csv:2', '3+4']]);
  });

  test('pieces that cut lines, characters and quoted cells anywhere give the same problems', async () => {
    const bytes = Buffer.from('id,문제\r\n1,"여러 줄\r\n""따옴표"" 글"\r\n2,둘째\r\n');
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(idsAndTexts(await read(stream('a.csv', ...pieces)))).toEqual([
      ['1', '여러 줄\r\n"따옴표" 글'],
      ['2', '둘째'],
    ]);
  });
});

describe('what a file says besides the text', () => {
  const metadataOf = async (name: string, text: string) => (await readText(name, text)).problems[0].metadata;

  test('in JSON only metadata tells context; a top-level grade describes the answer and is set apart', async () => {
    expect(await metadataOf('a.jsonl', '{"text":"3+4","grade":"1-1","semester":1,"type":"빈칸","metadata":{"grade":"3학년","source":"A사"}}')).toEqual({
      problemGrade: '1-1',
      problemSemester: 1,
      type: '빈칸',
      grade: '3학년',
      source: 'A사',
    });
  });

  test('in a table the columns tell context, and unknown columns are kept by their name', async () => {
    expect(await metadataOf('a.csv', '문제,학년,학기,출처,난이도,\n3+4,3학년,2,A사,하,\n')).toEqual({ grade: '3학년', semester: '2', source: 'A사', 난이도: '하' });
  });

  test('a file is one source unless its problems name theirs', async () => {
    const { problems } = await readText('a.jsonl', '{"text":"하나"}\n{"text":"둘","metadata":{"source":"A사"}}\n');
    expect(problems.map(({ source }) => source)).toEqual(['a.jsonl', 'A사']);
  });

  test('of two columns that may hold the text the likelier one does', async () => {
    const { problems } = await readText('a.csv', '문항,문제\n1,3+4\n');
    expect(problems[0]).toMatchObject({ text: '3+4', metadata: { 문항: '1' } });
  });

  test('a hostile field name changes no prototype', async () => {
    const { problems } = await readText('a.jsonl', '{"text":"3+4","__proto__":{"grade":"6"}}\n');
    expect(problems[0].metadata).toBeUndefined();
  });
});

describe('gold', () => {
  const gold = async (line: string, options: ReadOptions = {}) => {
    const { problems, faults } = await readText('g.jsonl', line, { gold: 'required', ...options });
    return problems[0]?.gold ?? faults[0];
  };

  test.each([
    ['{"text":"x","code":"2수01-01","level":"B","grade":"1-1"}', { codes: ['2수01-01'], level: 'B' }],
    ['{"text":"x","code":"2수01-01"}', { codes: ['2수01-01'] }],
    ['{"text":"x","성취기준":"[4수01-05] 나눗셈이 이루어지는 실생활"}', { codes: ['4수01-05'] }],
    ['{"text":"x","하위 분류":"[2수01-01-A]"}', { codes: ['2수01-01'], level: 'A' }],
    ['{"text":"x","category":{"대분류":"수와 연산","중분류":"네 자리 이하의 수","하위 분류":"[2수01-01-C]"}}', { codes: ['2수01-01'], level: 'C', category: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-C]' } }],
    ['{"text":"x","code":"[2수01-01] 네 자리, 수 [2수01-02] 자릿값","수준":"a"}', { codes: ['2수01-01', '2수01-02'], level: 'A' }],
    ['{"text":"x","code":["2수01-01","2수01-02"]}', { codes: ['2수01-01', '2수01-02'] }],
  ])('%s', async (line, expected) => {
    expect(await gold(line)).toEqual(expected);
  });

  test.each([
    ['{"text":"x"}', 'g.jsonl:1 [code] MISSING_CODE'],
    ['{"text":"x","code":"수학-1"}', 'g.jsonl:1 [code] BAD_CODE'],
    ['{"text":"x","code":"9수99-99"}', 'g.jsonl:1 [code] UNKNOWN_CODE'],
    ['{"text":"x","code":7}', 'g.jsonl:1 [code] BAD_TYPE'],
    ['{"text":"x","code":"2수01-01","level":"상"}', 'g.jsonl:1 [level] BAD_LEVEL'],
  ])('%s is refused', async (line, expected) => {
    expect(await gold(line, { knownCodes: new Set(['2수01-01']) })).toBe(expected);
  });

  test('is not read when it is not asked for, whatever its columns hold', async () => {
    const { problems } = await readText('a.csv', 'text,code,level\nx,상품-7,상\n');
    expect(problems).toEqual([{ id: 'a.csv:2', text: 'x', source: 'a.csv', place: { file: 'a.csv', row: 2 } }]);
  });
});

describe('bad input is named, and the good problems go through', () => {
  const good = '{"id":"ok","text":"3+4는?"}';

  test.each([
    ['empty text', `{"id":"a","text":"  "}\n${good}`, 'a.jsonl:1 [text] EMPTY_TEXT'],
    ['null text', `{"id":"a","text":null}\n${good}`, 'a.jsonl:1 [text] EMPTY_TEXT'],
    ['no text', `${good}\n{"id":"a","제목":"x"}`, 'a.jsonl:2 [text] NO_TEXT'],
    ['a text that is a number', `${good}\n{"id":"a","content":12}`, 'a.jsonl:2 [content] BAD_TYPE'],
    ['an id that is an object', `${good}\n{"id":{},"text":"x"}`, 'a.jsonl:2 [id] BAD_TYPE'],
    ['metadata that is text', `${good}\n{"id":"a","text":"x","metadata":"3학년"}`, 'a.jsonl:2 [metadata] BAD_TYPE'],
    ['a line that is no object', `${good}\n["x"]`, 'a.jsonl:2 [] BAD_TYPE'],
    ['invalid JSON', `{"id":"a" "text":"x"}\n${good}`, 'a.jsonl:1 [] BAD_JSON'],
    ['a truncated last line', `${good}\n{"id":"b","text":"사과가 3`, 'a.jsonl:2 [] CUT_OFF'],
    ['a duplicate id', `${good}\n{"id":"ok","text":"x"}`, 'a.jsonl:2 [id] DUPLICATE_ID'],
    ['a text of 1 MB', `${good}\n{"id":"a","text":"${'가'.repeat(2 ** 20)}"}`, 'a.jsonl:2 [text] TEXT_TOO_LONG'],
    ['a line of 20 MB', `{"id":"a","text":"${'가'.repeat(7 * 2 ** 20)}"}\n${good}`, 'a.jsonl:1 [] LINE_TOO_LONG'],
  ])('%s', async (_, text, expected) => {
    const result = await readText('a.jsonl', text);
    expect(result.faults).toEqual([expected]);
    expect(idsAndTexts(result)).toEqual([['ok', '3+4는?']]);
  });

  test('an error names its position and where a duplicate stood first, in both languages', async () => {
    const messages: string[] = [];
    for await (const outcome of readProblems(stream('a.jsonl', `{"id":"a","text" "x"}\n${good}\n${good}`))) if (outcome.kind === 'fault') messages.push(outcome.error.message);
    expect(messages[0]).toMatch(/^a\.jsonl:1 올바른 JSON이 아닙니다 \(18번째 글자: .* · is not valid JSON \(character 18: /);
    expect(messages[1]).toBe('a.jsonl:3 [id] id ok은(는) a.jsonl:2에 이미 있습니다 · the id ok already stands at a.jsonl:2');
  });

  test.each([
    ['an empty file', 'a.jsonl', '', 'a.jsonl [] EMPTY_FILE'],
    ['a file of blank lines', 'a.csv', '\n \n', 'a.csv [] EMPTY_FILE'],
    ['a header without rows', 'a.csv', 'id,text\n', 'a.csv [] EMPTY_FILE'],
    ['an empty array', 'a.json', '[]', 'a.json [] EMPTY_FILE'],
    ['a table without a text column', 'a.csv', 'id,제목\n1,x\n', 'a.csv:1 [text] NO_TEXT_COLUMN'],
    ['an unknown ending', 'a.pdf', '%PDF', 'a.pdf [] UNSUPPORTED_FORM'],
    ['a Hangul document', 'a.hwp', 'x', 'a.hwp [] UNSUPPORTED_FORM'],
    ['an archive that is none', 'a.zip', 'not a zip', 'a.zip [] CORRUPT_ARCHIVE'],
    ['a workbook that is none', 'a.xlsx', 'not a zip', 'a.xlsx [] CORRUPT_WORKBOOK'],
    ['an encrypted workbook', 'a.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xlsx [] ENCRYPTED'],
  ])('%s', async (_, name, content, expected) => {
    const result = await readText(name, content);
    expect(result.faults).toEqual([expected]);
    expect(result.problems).toEqual([]);
  });

  test('a table without a text column says which columns there are', async () => {
    for await (const outcome of readProblems(stream('a.csv', 'id,제목,점수\n1,x,5\n'))) {
      expect(outcome.kind === 'fault' && outcome.error.reason.en).toContain('columns found: id, 제목, 점수');
    }
  });

  test.each([
    ['an empty cell', 'id,text\n1,\n2,좋음\n', 'a.csv:2 [text] EMPTY_TEXT'],
    ['a comma that nobody quoted', 'id,text\n1,사과 3개, 배 2개\n2,좋음\n', 'a.csv:2 [] TOO_MANY_CELLS'],
    ['a quote that nobody closed', 'id,text\n1,"사과\n2,좋음\n', 'a.csv:2 [] OPEN_QUOTE'],
    ['a duplicate id', 'id,text\n2,좋음\n2,다시\n', 'a.csv:3 [id] DUPLICATE_ID'],
    ['a row of 20 MB', `id,text\n1,"${'x'.repeat(20 * 2 ** 20)}"\n2,좋음\n`, 'a.csv:2 [] LINE_TOO_LONG'],
  ])('in a table: %s', async (_, text, expected) => {
    const result = await readText('a.csv', text);
    expect(result.faults).toEqual([expected]);
    expect(idsAndTexts(result)).toEqual([['2', '좋음']]);
  });

  test('in a JSON array one broken element spoils no other, and each knows its line', async () => {
    const result = await readText('a.json', `[\n${good},\n{"id":"b" "text":"x"},\n{"id":"c","text":"둘째"},\n{"id":"d","te`);
    expect(result.problems.map(({ id, place }) => [id, place.line])).toEqual([['ok', 2], ['c', 4]]);
    expect(result.faults).toEqual(['a.json:3 [] BAD_JSON', 'a.json:5 [] CUT_OFF']);
  });

  test('control characters and half surrogate pairs are told, kept and break nothing', async () => {
    const result = await readText('a.jsonl', '{"id":"a","text":"3\\u0000+4"}\n{"id":"b","text":"사과\\ud83d"}\n');
    expect(idsAndTexts(result)).toEqual([['a', '3\u0000+4'], ['b', '사과\ud83d']]);
    expect(result.notices).toEqual(['a.jsonl:1 CONTROL_CHARACTER', 'a.jsonl:2 LONE_SURROGATE']);
  });

  test('NUL bytes in a table break nothing', async () => {
    expect(idsAndTexts(await readText('a.csv', 'id,text\n1,3\u0000+4\n'))).toEqual([['1', '3\u0000+4']]);
  });
});

describe('encodings', () => {
  // 문제 / 사과 한 개 in CP949.
  const cp949 = Buffer.concat([Buffer.from('id,'), Buffer.from('b9aec1a6', 'hex'), Buffer.from('\n1,'), Buffer.from('bbe7b0fa20c7d120b0b3', 'hex'), Buffer.from('\n')]);

  test('CP949 is converted, and said so', async () => {
    const result = await readText('a.csv', cp949);
    expect(idsAndTexts(result)).toEqual([['1', '사과 한 개']]);
    expect(result.notices).toEqual(['a.csv CONVERTED']);
  });

  test('a syllable that only CP949 has (똠) is read', async () => {
    const bytes = Buffer.concat([Buffer.from('{"id":1,"text":"'), Buffer.from('8c63', 'hex'), Buffer.from('"}\n')]);
    expect(idsAndTexts(await readText('a.jsonl', bytes))).toEqual([['1', '똠']]);
  });

  test('CP949 is recognised where the first Korean comes late', async () => {
    const ascii = Array.from({ length: 20_000 }, (_, index) => `{"id":${index},"text":"3+4="}\n`).join('');
    const late = Buffer.concat([Buffer.from(`${ascii}{"id":"k","text":"`), Buffer.from('bbe7b0fa', 'hex'), Buffer.from('"}\n')]);
    const { problems } = await readText('a.jsonl', late);
    expect([problems.length, problems.at(-1)?.text]).toEqual([20_001, '사과']);
  });

  test('one line in another encoding is refused, and the file stays UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"id":1,"text":"사과가 세 개 있습니다"}\n{"id":2,"text":"'), Buffer.from('bbe7b0fa', 'hex'), Buffer.from('"}\n')]);
    const result = await readText('a.jsonl', bytes);
    expect(idsAndTexts(result)).toEqual([['1', '사과가 세 개 있습니다']]);
    expect(result.faults).toEqual(['a.jsonl:2 [text] BROKEN_TEXT']);
  });

  test('a byte order mark is no part of the first column', async () => {
    expect(idsAndTexts(await readText('a.csv', '\uFEFFid,text\n1,사과\n'))).toEqual([['1', '사과']]);
  });

  test.each([
    ['with a mark', '\uFEFF'],
    ['without one', ''],
  ])('UTF-16 %s is converted, as Excel writes its Unicode text', async (_, mark) => {
    const result = await readText('a.txt', Buffer.from(`${mark}번호\t문제\r\n1\t사과 3+4\r\n`, 'utf16le'));
    expect(idsAndTexts(result)).toEqual([['1', '사과 3+4']]);
    expect(result.notices).toEqual(['a.txt CONVERTED']);
  });

  test('the mark of a file that was joined to another is no part of a line', async () => {
    expect(idsAndTexts(await readText('a.jsonl', '\uFEFF{"id":1,"text":"하나"}\n\uFEFF{"id":2,"text":"둘"}\n'))).toEqual([['1', '하나'], ['2', '둘']]);
  });

  test('column names in decomposed Hangul are understood', async () => {
    expect(idsAndTexts(await readText('a.csv', `${'번호,문제'.normalize('NFD')}\n1,사과\n`))).toEqual([['1', '사과']]);
  });
});

describe('folders and several files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'problem-files-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  };

  test('a folder is read in the order of its names, and what is no problem file is passed over', async () => {
    write('나/b.csv', 'id,text\nb,둘\n');
    write('가/a.jsonl', '{"id":"a","text":"하나"}\n');
    write('c.json', '[{"id":"c","text":"셋"}]');
    for (const other of ['그림.png', '.hidden.json', '~$c.xlsx']) write(other, 'x');
    const result = await read(folder);
    expect(idsAndTexts(result)).toEqual([['c', '셋'], ['a', '하나'], ['b', '둘']]);
    expect(result.problems.every(({ source }) => source === folder)).toBe(true);
    expect(result.notices).toEqual([`${folder} PASSED_OVER`]);
  });

  test('numbers that begin again in the next file are other problems', async () => {
    write('a.csv', '번호,문제\n1,하나\n');
    write('b.csv', '번호,문제\n1,둘\n1,셋\n');
    const result = await read([join(folder, 'a.csv'), join(folder, 'b.csv')]);
    expect(idsAndTexts(result)).toEqual([['1', '하나'], [`${folder}/b.csv#1`, '둘']]);
    expect(result.notices).toEqual([`${folder}/b.csv:2 REPEATED_IDS`]);
    expect(result.faults).toEqual([`${folder}/b.csv:3 [id] DUPLICATE_ID`]);
  });

  test('a name typed in composed Hangul finds a file named in decomposed Hangul, and is shown composed', async () => {
    write('문제.jsonl'.normalize('NFD'), '{"text":"하나"}\n');
    const { problems } = await read(join(folder, '문제.jsonl'));
    expect(problems[0].place.file).toBe(join(folder, '문제.jsonl'));
  });

  test('a missing file is named, and the next one is read', async () => {
    write('a.jsonl', '{"id":"a","text":"하나"}\n');
    const result = await read([join(folder, 'none.jsonl'), join(folder, 'a.jsonl')]);
    expect(result.faults).toEqual([`${folder}/none.jsonl [] NOT_FOUND`]);
    expect(idsAndTexts(result)).toEqual([['a', '하나']]);
  });

  test('a folder without problem files is a fault', async () => {
    expect((await read(folder)).faults).toEqual([`${folder} [] NO_PROBLEM_FILES`]);
  });

  test('a file that cannot be read is named with its reason', async () => {
    const refusing: Source = {
      name: 'a.jsonl',
      stream: new Readable({
        read() {
          this.destroy(Object.assign(new Error('refused'), { code: 'EACCES' }));
        },
      }),
    };
    expect((await read(refusing)).faults).toEqual(['a.jsonl [] NO_PERMISSION']);
  });

  test('progress counts every byte of a file', async () => {
    write('a.jsonl', '{"text":"하나"}\n'.repeat(3));
    let bytes = 0;
    await read(join(folder, 'a.jsonl'), { onProgress: (count) => (bytes = count) });
    expect(bytes).toBe(Buffer.byteLength('{"text":"하나"}\n') * 3);
  });
});
