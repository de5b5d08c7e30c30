import { type Bilingual, explainIssue } from '@math-labeler/curriculum';
import { z } from 'zod';
import { ApiProblem, type FieldError } from './problem-document.js';
import { STATUSES } from './stores/problem-view.store.js';

const LARGEST_PAGE = 200;

const limit = z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50);
const cursor = z.string().min(1).max(200).optional().describe('What `next` of the page before says');

export const listQuery = z.object({
  status: z.enum(STATUSES).optional(),
  standard: z.string().regex(/^\d수\d\d-\d\d$/).optional().describe('Code of a standard, such as 2수01-01'),
  minConfidence: z.coerce.number().min(0).max(1).optional(),
  cursor,
  limit,
});
export const reviewQuery = z.object({ cursor, limit });
export const deadLetterQuery = z.object({ topic: z.string().min(1).optional().describe('The topic that they came from'), limit });
export const waitQuery = z.object({ wait: z.coerce.number().min(0).max(60).default(0).describe('Seconds to wait for the labels') });
export const redriveBody = z.object({ topic: z.string().min(1).optional() });

/** The parameters of an address; throws ApiProblem 400 that names each bad one. */
export function readQuery<Query>(query: unknown, schema: z.ZodType<Query>): Query {
  return checked(query, schema, 400, 'GATEWAY.BAD_PARAMETER', { ko: '주소의 매개변수가 올바르지 않습니다', en: 'a parameter of the address is not valid' });
}

/** The value of a body; throws ApiProblem 422 that names each bad field. */
export function readBody<Body>(body: unknown, schema: z.ZodType<Body>): Body {
  return checked(body, schema, 422, 'GATEWAY.BAD_FIELD', { ko: '본문이 올바르지 않습니다', en: 'the body is not valid' });
}

function checked<Value>(value: unknown, schema: z.ZodType<Value>, status: number, code: string, detail: Bilingual): Value {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ApiProblem(status, code, detail, { errors: parsed.error.issues.map((issue): FieldError => ({ code, ...explainIssue(issue) })) });
}

/** A place in a list as clients carry it: opaque to them. */
export function cursorOf(place: readonly number[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @param length numbers that the place of this list has */
export function readCursor(written: string | undefined, length: number): number[] | undefined {
  if (written === undefined) return undefined;
  try {
    return z.array(z.number()).length(length).parse(JSON.parse(Buffer.from(written, 'base64url').toString()));
  } catch {
    const detail = { ko: '이 목록의 cursor가 아닙니다', en: 'is not a cursor of this list' };
    throw new ApiProblem(400, 'GATEWAY.BAD_PARAMETER', detail, { errors: [{ field: 'cursor', code: 'GATEWAY.BAD_PARAMETER', reason: detail }] });
  }
}
