import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readProblems, type Source } from './read-problems.js';
import { openWriter } from './result-writer.js';

const COUNT = 300_000;
/** Of a workbook, whose XML is slow to read. */
const ROWS = 120_000;
/** The last 200,000 problems take some 100 MB when they are held; remembering their ids takes 8 MB. */
const ALLOWED_GROWTH = 48 * 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use, whatever else this process has held before. */
function memoryHeld(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function* pieces(head: string, line: (index: number) => string): Generator<Buffer> {
  yield Buffer.from(head);
  for (let from = 0; from < COUNT; from += 1000) yield Buffer.from(Array.from({ length: 1000 }, (_, index) => line(from + index)).join(''));
}

const text = (index: number) => `과일 가게에 사과가 ${index}개, 배가 ${index % 97}개 있습니다. 모두 몇 개입니까?`;

/** How many problems were read, and by how much memory grew at most behind the first third, when the heap has its working size. */
async function measure(source: Source, count = COUNT): Promise<{ problems: number; growth: number }> {
  let settled = memoryHeld();
  let growth = 0;
  let problems = 0;
  for await (const { kind } of readProblems(source)) {
    if (kind === 'problem') problems += 1;
    if (problems === count / 3) settled = memoryHeld();
    else if (problems > count / 3 && problems % 50_000 === 0) growth = Math.max(growth, memoryHeld() - settled);
  }
  return { problems, growth };
}

test.each([
  ['a.jsonl', '', (index: number) => `{"id":"p${index}","text":"${text(index)}"}\n`],
  ['a.json', '[', (index: number) => `${index === 0 ? '' : ','}{"id":"p${index}","text":"${text(index)}"}\n${index === COUNT - 1 ? ']' : ''}`],
  ['a.csv', 'id,문제\r\n', (index: number) => `p${index},"${text(index)}"\r\n`],
])('%s of 300,000 problems streams in flat memory', async (name, head, line) => {
  const { problems, growth } = await measure({ name, stream: Readable.from(pieces(head, line)) });
  expect(problems).toBe(COUNT);
  expect(growth).toBeLessThan(ALLOWED_GROWTH);
}, 60_000);

test('a workbook of 120,000 rows is written and read in flat memory', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'streaming-'));
  try {
    const path = join(folder, 'a.xlsx');
    const writer = await openWriter<number>(path, { toRow: (index) => ({ id: `p${index}`, 문제: text(index) }) });
    let settled = 0;
    for (let index = 0; index < ROWS; index += 1) {
      if (index === ROWS / 3) settled = memoryHeld();
      await writer.write(index);
    }
    await writer.close();
    expect(memoryHeld() - settled).toBeLessThan(ALLOWED_GROWTH);
    const { problems, growth } = await measure(path, ROWS);
    expect(problems).toBe(ROWS);
    expect(growth).toBeLessThan(ALLOWED_GROWTH);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

test('a line that never ends is let go, not gathered', async () => {
  let growth = 0;
  function* endless(): Generator<Buffer> {
    const before = memoryHeld();
    yield Buffer.from('{"id":"a","text":"');
    const piece = Buffer.alloc(2 ** 20, 'x');
    for (let index = 0; index < 200; index += 1) {
      yield piece;
      if (index % 50 === 49) growth = Math.max(growth, memoryHeld() - before);
    }
    yield Buffer.from('"}\n{"id":"b","text":"3+4"}\n');
  }
  const { problems } = await measure({ name: 'a.jsonl', stream: Readable.from(endless()) });
  expect(problems).toBe(1);
  expect(growth).toBeLessThan(120 * 2 ** 20);
}, 60_000);
