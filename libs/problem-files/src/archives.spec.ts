import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { formatPlace } from '@math-labeler/curriculum';
import { ZipFile } from 'yazl';
import { type ReadOutcome } from './problem.js';
import { readProblems, type ReadOptions } from './read-problems.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'archives-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function zipOf(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** Sets the general purpose flags of every member, which stand 6 bytes into a local and 8 into a central header (APPNOTE 4.3.7, 4.3.12). */
function withFlags(zip: Buffer, flags: number): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf('PK\u0003\u0004'); at >= 0; at = copy.indexOf('PK\u0003\u0004', at + 1)) copy.writeUInt16LE(flags, at + 6);
  for (let at = copy.indexOf('PK\u0001\u0002'); at >= 0; at = copy.indexOf('PK\u0001\u0002', at + 1)) copy.writeUInt16LE(flags, at + 8);
  return copy;
}

async function read(zip: Buffer, options: ReadOptions = {}): Promise<string[]> {
  const path = join(folder, 'a.zip');
  writeFileSync(path, zip);
  const lines: string[] = [];
  for await (const outcome of readProblems(path, options)) lines.push(describeOutcome(outcome));
  return lines.map((line) => line.replaceAll(`${folder}/`, ''));
}

function describeOutcome(outcome: ReadOutcome): string {
  if (outcome.kind === 'problem') return `${formatPlace(outcome.problem.place)} ${outcome.problem.id}: ${outcome.problem.text}`;
  if (outcome.kind === 'fault') return `${formatPlace(outcome.error.place)} ${outcome.error.code}`;
  return `${formatPlace(outcome.place)} ${outcome.code}`;
}

const item = (id: string, text: string) => JSON.stringify({ id, OCR_info: [{ question_text: text, figure_text: '' }] });

test('members of every form are read, others passed over, and each problem knows its member', async () => {
  const zip = await zipOf({ '3학년/a.csv': 'id,text\n1,하나\n', '3학년/b.jsonl': '{"id":"2","text":"둘"}\n', 'c.png': 'x', '__MACOSX/._b.jsonl': 'x' });
  expect(await read(zip)).toEqual(['a.zip › 3학년/a.csv:2 1: 하나', 'a.zip › 3학년/b.jsonl:1 2: 둘', 'a.zip PROBLEM_FILES.PASSED_OVER']);
});

test('a collection of items is read one by one, and its answer files are no problems', async () => {
  const zip = await zipOf({ 'P3/P3_1_01_1.json': `\uFEFF${item('P3_1_01_1', '하나')}`, 'P3/P3_1_01_1_A.json': '{"id":"P3_1_01_1","answer_info":[{"answer_text":"1"}]}', 'P3/P3_1_01_2.json': item('P3_1_01_2', '둘') });
  expect(await read(zip)).toEqual(['a.zip › P3/P3_1_01_1.json:1 P3_1_01_1: 하나', 'a.zip › P3/P3_1_01_2.json:1 P3_1_01_2: 둘']);
});

test('an archive in an archive is read as well', async () => {
  const inner = await zipOf({ 'a.jsonl': '{"id":"1","text":"하나"}\n' });
  expect(await read(await zipOf({ 'TL_1.zip': inner }))).toEqual(['a.zip › TL_1.zip › a.jsonl:1 1: 하나']);
});

test('an archive from a stream is told by what it holds', async () => {
  const zip = await zipOf({ 'a.jsonl': '{"id":"1","text":"하나"}\n' });
  const lines: string[] = [];
  for await (const outcome of readProblems({ name: '-', stream: Readable.from([zip.subarray(0, 3), zip.subarray(3)]) })) lines.push(describeOutcome(outcome));
  expect(lines).toEqual(['- › a.jsonl:1 1: 하나']);
});

test('member names in CP949, as Korean Windows packs them, are read', async () => {
  // 수학.jsonl: 수학 is BC F6 C7 D0 in CP949.
  const zip = withFlags(await zipOf({ 'XXXX.jsonl': '{"id":"1","text":"하나"}\n' }), 0);
  const named = Buffer.from(zip.toString('latin1').replaceAll('XXXX', '\u00bc\u00f6\u00c7\u00d0'), 'latin1');
  expect(await read(named)).toEqual(['a.zip › 수학.jsonl:1 1: 하나']);
});

test('member names in decomposed Hangul are shown composed', async () => {
  expect(await read(await zipOf({ ['수학.jsonl'.normalize('NFD')]: '{"id":"1","text":"하나"}\n' }))).toEqual(['a.zip › 수학.jsonl:1 1: 하나']);
});

test('a broken member spoils no other', async () => {
  const zip = await zipOf({ 'a.jsonl': '{"id":"1"', 'b.jsonl': '', 'c.jsonl': '{"id":"1","text":"하나"}\n' });
  expect(await read(zip)).toEqual(['a.zip › a.jsonl:1 PROBLEM_FILES.CUT_OFF', 'a.zip › b.jsonl PROBLEM_FILES.EMPTY_FILE', 'a.zip › c.jsonl:1 1: 하나']);
});

test('damaged data of a member is named', async () => {
  const zip = await zipOf({ 'a.jsonl': `{"id":"1","text":"${'하나'.repeat(500)}"}\n`, 'b.jsonl': '{"id":"2","text":"둘"}\n' });
  zip.fill(0xff, 45, 60);
  expect(await read(zip)).toEqual(['a.zip › a.jsonl PROBLEM_FILES.CORRUPT_ARCHIVE', 'a.zip › b.jsonl:1 2: 둘']);
});

test('an archive whose end is missing is damaged', async () => {
  const zip = await zipOf({ 'a.jsonl': '{"id":"1","text":"하나"}\n' });
  expect(await read(zip.subarray(0, zip.length - 30))).toEqual(['a.zip PROBLEM_FILES.CORRUPT_ARCHIVE']);
});

test('an encrypted member is named', async () => {
  const zip = withFlags(await zipOf({ 'a.jsonl': '{"id":"1","text":"하나"}\n' }), 0x801);
  expect(await read(zip)).toEqual(['a.zip › a.jsonl PROBLEM_FILES.ENCRYPTED']);
});

test('a zip bomb is not unpacked', async () => {
  const zip = await zipOf({ 'a.jsonl': Buffer.alloc(2 ** 25, 0x20), 'b.jsonl': '{"id":"1","text":"하나"}\n' });
  expect(await read(zip)).toEqual(['a.zip › a.jsonl PROBLEM_FILES.EXPANDS_TOO_FAR', 'a.zip › b.jsonl:1 1: 하나']);
});

test('what all members expand to is limited', async () => {
  const line = '{"id":"1","text":"하나"}\n';
  const zip = await zipOf({ 'a.jsonl': line, 'b.jsonl': line.repeat(100) });
  expect(await read(zip, { limits: { expandedBytes: 500 } })).toEqual(['a.zip › a.jsonl:1 1: 하나', 'a.zip › b.jsonl PROBLEM_FILES.EXPANDS_TOO_FAR']);
});

test('archives packed in archives without end are given up', async () => {
  let zip = await zipOf({ 'a.jsonl': '{"id":"1","text":"하나"}\n' });
  for (let depth = 0; depth < 3; depth += 1) zip = await zipOf({ 'x.zip': zip });
  expect(await read(zip)).toEqual(['a.zip › x.zip › x.zip › x.zip PROBLEM_FILES.NESTED_TOO_DEEP']);
});

test('an archive without problem files is a fault', async () => {
  expect(await read(await zipOf({ 'a.png': 'x' }))).toEqual(['a.zip PROBLEM_FILES.PASSED_OVER', 'a.zip PROBLEM_FILES.NO_PROBLEM_FILES']);
});
