import { type Place } from '@math-labeler/curriculum';
import { type BadRow, csvRows, type Row } from './csv-rows.js';
import { fault, notice, refused } from './fault.js';
import { meaningOf } from './field-names.js';
import { type Intake } from './intake.js';
import { peek } from './peek.js';
import { type ReadLimits, type ReadOutcome } from './problem.js';

/** A title or two often stand above the header of a sheet that people made by hand. */
const HEADER_WITHIN = 10;

/** Pieces of text looked at for a first line before its lack is taken as one over-long line. */
const AHEAD = 16;

interface Header {
  readonly row: number;
  /** Undefined for a column without a name. */
  readonly names: readonly (string | undefined)[];
}

/** Reads separated values with a header; the delimiter (comma, tab or semicolon) is the one that the first lines hold most of. */
export async function* readCsv(text: AsyncIterable<string>, place: Place, intake: Intake, limits: ReadLimits): AsyncGenerator<ReadOutcome[]> {
  const { head, all } = await peek(text, (pieces) => /[\r\n]/.test(pieces[pieces.length - 1] ?? '') || pieces.length >= AHEAD);
  yield* readTable(csvRows(all, delimiterOf(head.join('')), limits.lineLength), place, intake, limits, 'must have text');
}

/**
 * Reads rows whose header is the first of the first ten that names a column for the text.
 * Without one the table is refused with the columns that were found, or, among the sheets of a workbook, passed over with a word.
 */
export async function* readTable(
  rows: AsyncIterable<readonly (Row | BadRow)[]>,
  place: Place,
  intake: Intake,
  limits: ReadLimits,
  demand: 'must have text' | 'may be passed over',
): AsyncGenerator<ReadOutcome[]> {
  let header: Header | undefined;
  let first: Header | undefined;
  let looked = 0;
  for await (const batch of rows) {
    const outcomes: ReadOutcome[] = [];
    for (const row of batch) {
      if (header === undefined && looked === HEADER_WITHIN) break;
      const at = { ...place, row: row.number };
      if ('problem' in row) {
        outcomes.push(refused(badRow(row, at, limits)));
      } else if (row.cells.some((cell) => cell !== undefined && cell !== '')) {
        if (header !== undefined) {
          for (const outcome of readRow(row, header, at, intake)) outcomes.push(outcome);
        } else {
          looked += 1;
          const candidate = { row: row.number, names: namesOf(row) };
          first ??= candidate;
          if (candidate.names.some((name) => name !== undefined && meaningOf(name).meaning === 'text')) header = candidate;
        }
      }
    }
    yield outcomes;
    if (header === undefined && looked === HEADER_WITHIN) break;
  }
  if (header !== undefined || first === undefined) return;
  const found = first.names.filter((name) => name !== undefined).slice(0, 20).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)).join(', ');
  const ko = `문제의 글이 담긴 열(content, text, 문제 …)이 없습니다. 있는 열: ${found}`;
  const en = `no column holds the text of the problems (content, text, 문제 …); columns found: ${found}`;
  const at = { ...place, row: first.row };
  yield demand === 'must have text' ? [refused(fault('NO_TEXT_COLUMN', at, 'text', ko, en))] : [notice('NO_TEXT_COLUMN', at, ko, en)];
}

function readRow(row: Row, header: Header, at: Place, intake: Intake): ReadOutcome[] {
  const beyond = row.cells.findIndex((cell, index) => index >= header.names.length && cell !== undefined && cell !== '');
  if (beyond >= 0) {
    const [has, expected] = [row.cells.length, header.names.length];
    return [refused(fault('TOO_MANY_CELLS', at, undefined, `머리글은 ${expected}칸인데 이 행은 ${has}칸입니다. 쉼표가 든 글은 따옴표로 감싸야 합니다`, `the header has ${expected} cells and this row ${has}; a text with a comma must be quoted`))];
  }
  const fields = header.names.flatMap((name, index) => {
    const cell = row.cells[index];
    if (name === undefined || cell === undefined || cell === '') return [];
    return [[name, readCell(cell, name)] as const];
  });
  const record = Object.fromEntries(fields);
  // An empty cell of the text column is an empty text, not a missing column.
  const text = header.names.find((name) => name !== undefined && meaningOf(name).meaning === 'text');
  const hasText = fields.some(([name]) => meaningOf(name).meaning === 'text');
  return intake.take(hasText || text === undefined ? record : { ...record, [text]: '' }, at, 'table');
}

/** Takes back the apostrophe with which spreadsheets (and our own writer) keep a text from being run as a formula. */
function readCell(cell: unknown, name: string): unknown {
  if (typeof cell === 'string') return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell;
  return meaningOf(name).meaning === 'other' ? cell : String(cell);
}

function namesOf(row: Row): (string | undefined)[] {
  const names = row.cells.map((cell) => {
    const name = cell === undefined ? '' : String(cell).normalize('NFC').trim().replace(/^metadata\./, '');
    return name === '' ? undefined : name;
  });
  while (names.length > 0 && names[names.length - 1] === undefined) names.pop();
  return names;
}

function badRow({ problem }: BadRow, at: Place, limits: ReadLimits) {
  return problem === 'too long'
    ? fault('LINE_TOO_LONG', at, undefined, `한 행이 ${limits.lineLength}자를 넘어 읽지 않았습니다`, `is longer than ${limits.lineLength} characters and was not read`)
    : fault('OPEN_QUOTE', at, undefined, '따옴표가 열린 뒤 닫히지 않았습니다', 'a quote is opened and never closed');
}

function delimiterOf(head: string): string {
  const lines = head.split(/\r?\n|\r/).slice(0, HEADER_WITHIN).join('\n').replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => lines.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** A sheet of a workbook, named as a member of its file. */
export function sheetPlace(place: Place, sheet: string): Place {
  const member = place.member === undefined ? sheet : `${place.member} › ${sheet}`;
  return { ...place, member };
}
