import { type z } from 'zod';
import { InputError, type Place } from './input-error.js';
import { explainIssue } from './explain-issue.js';

/** A file of the data folder, read by the caller. */
export interface DataFile {
  /** Relative to the data folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A row of a data file that has the right shape, and where it stands. */
export interface Row<T> {
  readonly value: T;
  readonly place: Place;
}

export function fileAt(files: readonly DataFile[], path: string): DataFile {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw missing(path);
  return file;
}

export function missing(path: string): InputError {
  return new InputError('CURRICULUM.MISSING_FILE', { file: path }, undefined, { ko: '파일이 없습니다', en: 'the file is missing' });
}

/** The lines that hold something, numbered from 1; a byte order mark and Windows line ends are no part of them. */
export function linesOf(file: DataFile): Row<string>[] {
  return file.text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => ({ value: line.endsWith('\r') ? line.slice(0, -1) : line, place: { file: file.path, line: index + 1 } }))
    .filter(({ value }) => value.trim() !== '');
}

/** One JSON value per line. */
export function jsonLines<T>(file: DataFile, schema: z.ZodType<T>): Row<T>[] {
  return linesOf(file).map(({ value, place }) => ({ value: shaped(parsed(value, place), schema, place), place }));
}

/** A JSON array of rows; an error names the line on which the row begins. */
export function jsonRows<T>(file: DataFile, schema: z.ZodType<T>): Row<T>[] {
  const text = file.text.replace(/^\uFEFF/, '');
  const rows = sliceArray(text);
  if (rows === undefined) {
    throw new InputError('CURRICULUM.BAD_JSON', { file: file.path, line: 1 }, undefined, { ko: '행의 JSON 배열이어야 합니다', en: 'must be a JSON array of rows' });
  }
  return rows.map((row) => {
    const place = { file: file.path, line: row.line };
    return { value: shaped(parsed(row.text, place), schema, place), place };
  });
}

function parsed(text: string, place: Place): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new InputError('CURRICULUM.BAD_JSON', place, undefined, { ko: `올바른 JSON이 아닙니다 (${detail})`, en: `is not valid JSON (${detail})` }, { cause });
  }
}

function shaped<T>(value: unknown, schema: z.ZodType<T>, place: Place): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // Reporting inputs slows every row down, so only a refused row is read again for it.
  const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? result.error.issues;
  const { field, reason } = explainIssue(issue);
  throw new InputError('CURRICULUM.BAD_FIELD', place, field, reason);
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"?|[[\]{},\n]|[^\s[\]{},"]+/g;

/**
 * Cuts a JSON array into the texts of its elements without judging them; undefined where the text is no array.
 * A row that never closes reaches to the end of the file, so that parsing it names the line on which it began.
 */
function sliceArray(text: string): { text: string; line: number }[] | undefined {
  const body = text.trimEnd();
  if (!body.trimStart().startsWith('[') || !body.endsWith(']')) return undefined;
  const inner = { start: body.indexOf('[') + 1, end: body.length - 1 };
  const rows: { text: string; line: number }[] = [];
  let line = body.slice(0, inner.start).split('\n').length;
  let depth = 0;
  let row: { start: number; line: number } | undefined;
  const cut = (end: number) => {
    rows.push({ text: row === undefined ? '' : body.slice(row.start, end), line: row?.line ?? line });
    row = undefined;
  };
  TOKEN.lastIndex = inner.start;
  for (let match = TOKEN.exec(body); match !== null && match.index < inner.end; match = TOKEN.exec(body)) {
    const [token] = match;
    if (token === '\n') line += 1;
    else if (token === ',' && depth === 0) cut(match.index);
    else {
      row ??= { start: match.index, line };
      if (token === '[' || token === '{') depth += 1;
      if (token === ']' || token === '}') depth -= 1;
    }
  }
  if (row !== undefined || rows.length > 0) cut(inner.end);
  return rows;
}
