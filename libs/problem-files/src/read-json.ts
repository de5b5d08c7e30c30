import { type InputError, type Place } from '@math-labeler/curriculum';
import { fault, refused } from './fault.js';
import { type Intake } from './intake.js';
import { JsonArrayCutter } from './json-array.js';
import { linesOf } from './lines.js';
import { peek } from './peek.js';
import { type ReadLimits, type ReadOutcome } from './problem.js';

/** Names under which a JSON object holds its list of problems. */
const LISTS = ['problems', 'items', 'questions', 'data', 'results', 'records', 'rows', '문제', '문항', '문제목록', '문항목록'];

/** What a text of JSON is made of: one value a line, an array, or one object over several lines. */
export type JsonLayout = 'lines' | 'array' | 'object';

/**
 * Reads any JSON: an array element by element, one value a line, or one object that is a problem or holds a list of them.
 * `linesExpected` says that the file's ending promises one value a line, so a broken first line is just that.
 */
export async function* readJson(text: AsyncIterable<string>, place: Place, intake: Intake, limits: ReadLimits, linesExpected: boolean): AsyncGenerator<ReadOutcome[]> {
  const { head, all } = await peek(text, (pieces) => layoutOf(pieces.join(''), linesExpected) !== undefined || pieces.length >= 16);
  const layout = layoutOf(head.join(''), linesExpected) ?? 'object';
  if (layout === 'lines') yield* readLines(all, place, intake, limits);
  else if (layout === 'array') yield* readArray(all, place, intake, limits);
  else yield* readObject(all, place, intake, limits);
}

/** Undefined while more of the text is needed to tell. */
function layoutOf(head: string, linesExpected: boolean): JsonLayout | undefined {
  const start = head.trimStart();
  if (start === '') return undefined;
  if (start.startsWith('[')) return 'array';
  if (linesExpected || !start.startsWith('{')) return 'lines';
  const end = start.indexOf('\n');
  if (end < 0) return undefined;
  if (parse(start.slice(0, end)) === undefined) return 'object';
  const next = start.slice(end).trimStart();
  return next === '' ? undefined : 'lines';
}

async function* readLines(text: AsyncIterable<string>, place: Place, intake: Intake, limits: ReadLimits): AsyncGenerator<ReadOutcome[]> {
  for await (const batch of linesOf(text, limits.lineLength)) {
    const outcomes: ReadOutcome[] = [];
    for (const { number, text: line, ended } of batch) {
      const at = { ...place, line: number };
      if (line === undefined) outcomes.push(refused(tooLong(at, limits)));
      else if (line.trim() !== '') {
        // Files that were joined each brought their byte order mark, which now stands in front of a line.
        append(outcomes, readValue(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line, at, intake, ended ? 'whole' : 'perhaps cut'));
      }
    }
    yield outcomes;
  }
}

async function* readArray(text: AsyncIterable<string>, place: Place, intake: Intake, limits: ReadLimits, firstLine = 1): AsyncGenerator<ReadOutcome[]> {
  const cutter = new JsonArrayCutter(limits.lineLength, firstLine);
  const read = (elements: ReturnType<JsonArrayCutter['push']>, completeness: Completeness) =>
    elements.flatMap(({ line, text: element }) => {
      const at = { ...place, line };
      return element === undefined ? [refused(tooLong(at, limits))] : readValue(element, at, intake, completeness);
    });
  for await (const piece of text) yield read(cutter.push(piece), 'whole');
  const cutOff = cutter.end();
  if (cutOff.length > 0) yield read(cutOff, 'perhaps cut');
  else if (!cutter.closed) yield [refused(fault('CUT_OFF', place, undefined, '파일이 배열 중간에서 끝났습니다', 'the file ends in the middle of the array'))];
  const { leftoverLine } = cutter;
  if (leftoverLine !== undefined) {
    yield [refused(fault('BAD_JSON', { ...place, line: leftoverLine }, undefined, '배열이 닫힌 뒤에 다른 내용이 있습니다', 'there is more text behind the end of the array'))];
  }
}

async function* readObject(text: AsyncIterable<string>, place: Place, intake: Intake, limits: ReadLimits): AsyncGenerator<ReadOutcome[]> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of text) {
    pieces.push(piece);
    length += piece.length;
    if (length > limits.documentLength) {
      yield [refused(fault('DOCUMENT_TOO_LONG', place, undefined, `JSON 객체 하나가 ${limits.documentLength}자를 넘습니다. NDJSON이나 배열로 나누세요`, `one JSON object is longer than ${limits.documentLength} characters; use NDJSON or an array`))];
      return;
    }
  }
  const whole = pieces.join('');
  if (whole.trim() === '') return;
  const line = 1 + (/^\s*/.exec(whole)?.[0].split('\n').length ?? 1) - 1;
  const value = parse(whole);
  if (value === undefined) {
    yield [refused(badJson(whole, { ...place, line }, 'perhaps cut'))];
    return;
  }
  const list = typeof value === 'object' && value !== null ? Object.entries(value).find(([name, each]) => LISTS.includes(name.normalize('NFC')) && isListOfRecords(each)) : undefined;
  if (list === undefined) {
    yield intake.take(value, { ...place, line }, 'json');
    return;
  }
  // Cut from the text once more rather than taken from the value, so that every problem knows its line.
  const start = whole.search(new RegExp(`"${list[0]}"\\s*:\\s*\\[`));
  if (start < 0) yield (list[1] as unknown[]).flatMap((each) => intake.take(each, { ...place, line }, 'json'));
  else {
    const cutter = new JsonArrayCutter(limits.lineLength, whole.slice(0, start).split('\n').length);
    yield cutter.push(whole.slice(start)).flatMap(({ line: at, text: element }) =>
      element === undefined ? [refused(tooLong({ ...place, line: at }, limits))] : readValue(element, { ...place, line: at }, intake, 'whole'),
    );
  }
}

function isListOfRecords(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
}

type Completeness = 'whole' | 'perhaps cut';

function readValue(text: string, place: Place, intake: Intake, completeness: Completeness): ReadOutcome[] {
  const value = parse(text);
  return value === undefined ? [refused(badJson(text, place, completeness))] : intake.take(value, place, 'json');
}

/** The value of a JSON text; JSON has no undefined, so that stands for a text that is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badJson(text: string, place: Place, completeness: Completeness): InputError {
  let cause: unknown;
  try {
    JSON.parse(text);
  } catch (error) {
    cause = error;
  }
  const detail = cause instanceof Error ? cause.message.slice(0, 200) : '';
  const position = Number(/position (\d+)/.exec(detail)?.[1] ?? text.length);
  if (completeness === 'perhaps cut' && position >= text.trimEnd().length) {
    return fault('CUT_OFF', place, undefined, '마지막 값이 중간에서 끊겼습니다', 'the last value breaks off in its middle', cause);
  }
  return fault('BAD_JSON', place, undefined, `올바른 JSON이 아닙니다 (${position + 1}번째 글자: ${detail})`, `is not valid JSON (character ${position + 1}: ${detail})`, cause);
}

function tooLong(place: Place, limits: ReadLimits): InputError {
  return fault('LINE_TOO_LONG', place, undefined, `한 문제가 ${limits.lineLength}자를 넘어 읽지 않았습니다`, `is longer than ${limits.lineLength} characters and was not read`);
}

function append(outcomes: ReadOutcome[], more: readonly ReadOutcome[]): void {
  for (const outcome of more) outcomes.push(outcome);
}
