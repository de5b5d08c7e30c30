import { type Submission, submission } from '@math-labeler/contracts';
import { type Bilingual, explainIssue } from '@math-labeler/curriculum';
import { NdjsonBody } from './body-parsers.js';
import { ApiProblem, type FieldError } from './problem-document.js';

/** A problem as a client sent it. */
export interface SentProblem {
  /** As text; undefined where the client gave none. */
  readonly id?: string;
  readonly content: string;
  readonly metadata?: Submission['metadata'];
}

export interface SentProblems {
  /** One object rather than a batch: the answer then is one object too. */
  readonly isSingle: boolean;
  readonly problems: readonly SentProblem[];
}

/** Problems in one request. */
export const LARGEST_BATCH = 1000;
/** Code points. */
const LONGEST_TEXT = 20_000;
const LONGEST_ID = 200;
/** More would only repeat themselves. */
const MOST_ERRORS = 100;

interface Item {
  readonly value: unknown;
  readonly index?: number;
  readonly line?: number;
}

type Told = Omit<FieldError, 'index' | 'line'>;

/** Reads the body of a request; throws ApiProblem that lists every bad item, so that a batch is taken whole or not at all. */
export function readSubmissions(body: unknown): SentProblems {
  const isSingle = !(body instanceof NdjsonBody) && !Array.isArray(body);
  const errors: FieldError[] = [];
  const items = itemsOf(body, errors);
  if (items.length + errors.length > LARGEST_BATCH) {
    throw new ApiProblem(413, 'GATEWAY.BATCH_TOO_LARGE', { ko: `한 번에 ${LARGEST_BATCH}문제까지 보낼 수 있습니다`, en: `a batch may hold ${LARGEST_BATCH} problems` });
  }
  const problems: SentProblem[] = [];
  for (const { value, index, line } of items) {
    const read = readOne(value);
    if ('reason' in read) errors.push({ index, line, ...read });
    else problems.push(read);
  }
  if (errors.length > 0) {
    throw new ApiProblem(422, 'GATEWAY.INVALID_PROBLEM', { ko: `올바르지 않은 문제가 ${errors.length}개 있어 아무것도 받지 않았습니다`, en: `${errors.length} of the problems are not valid; nothing was taken` }, { errors: errors.slice(0, MOST_ERRORS) });
  }
  if (problems.length === 0) throw new ApiProblem(422, 'GATEWAY.EMPTY_BATCH', { ko: '문제가 하나도 없습니다', en: 'there is no problem in it' });
  return { isSingle, problems };
}

function itemsOf(body: unknown, errors: FieldError[]): Item[] {
  if (Array.isArray(body)) return body.map((value: unknown, index) => ({ value, index }));
  if (!(body instanceof NdjsonBody)) return [{ value: body }];
  const items: Item[] = [];
  let index = 0;
  body.text.split('\n').forEach((text, i) => {
    if (text.trim() === '') return;
    try {
      items.push({ value: JSON.parse(text), index, line: i + 1 });
    } catch (error) {
      const { message } = error as Error;
      errors.push({ index, line: i + 1, code: 'GATEWAY.BAD_JSON', reason: { ko: `올바른 JSON이 아닙니다 (${message})`, en: `is not valid JSON (${message})` } });
    }
    index++;
  });
  return items;
}

function readOne(value: unknown): SentProblem | Told {
  const parsed = submission.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const { field, reason } = explainIssue(parsed.error.issues[0]);
    return { field, code: 'GATEWAY.BAD_FIELD', reason };
  }
  const { id, content, text, metadata } = parsed.data;
  if (id !== undefined) {
    const wrong = wrongId(String(id));
    if (wrong !== undefined) return wrong;
  }
  if (content !== undefined && text !== undefined) return told('text', 'BOTH_TEXTS', 'content와 text 가운데 하나만 써야 합니다', 'content and text cannot both be given');
  const given = content ?? text;
  const field = content === undefined && text !== undefined ? 'text' : 'content';
  if (given === undefined) return told(field, 'MISSING_TEXT', '문제의 글이 없습니다', 'the text of the problem is missing');
  if (given.trim() === '') return told(field, 'EMPTY_TEXT', '비어 있습니다', 'is empty');
  if (isLonger(given, LONGEST_TEXT)) return told(field, 'TEXT_TOO_LONG', `${LONGEST_TEXT}자를 넘습니다`, `is longer than ${LONGEST_TEXT} characters`);
  return { ...(id === undefined ? {} : { id: String(id) }), content: given, ...(metadata === undefined ? {} : { metadata }) };
}

function wrongId(id: string): Told | undefined {
  if (id.trim() === '') return told('id', 'EMPTY_ID', '비어 있습니다', 'is empty');
  if (isLonger(id, LONGEST_ID)) return told('id', 'ID_TOO_LONG', `${LONGEST_ID}자를 넘습니다`, `is longer than ${LONGEST_ID} characters`);
  // An id stands in addresses, keys and logs.
  if (/[\p{Cc}\p{Cs}]/u.test(id)) return told('id', 'BAD_ID', '제어 문자가 들어 있습니다', 'holds control characters');
  return undefined;
}

function told(field: string, code: string, ko: string, en: string): Told {
  return { field, code: `GATEWAY.${code}`, reason: { ko, en } satisfies Bilingual };
}

/** By code points, counted only where the length in UTF-16 leaves it open. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && (text.length > 2 * most || [...text].length > most);
}
