import { type Problem } from '@math-labeler/contracts';
import { type Bilingual } from '@math-labeler/curriculum';
import { codePointLength, extractKeywords, type PersonalDataPolicy, readText } from '@math-labeler/problem-text';

/** Why a submission cannot be labelled. */
export interface Rejection {
  /** Stable: `INGESTION.EMPTY_TEXT`. */
  readonly code: string;
  readonly field?: string;
  readonly reason: Bilingual;
}

export type Reading = { readonly kind: 'problem'; readonly problem: Problem } | { readonly kind: 'rejected'; readonly id: string; readonly rejection: Rejection };

/** Code points. */
export const LONGEST_TEXT = 20_000;
export const LONGEST_ID = 200;

/**
 * Reads what a producer sent, which may be anything; `ownId` is the problem's id where the producer gave none. `content` stays as it came, since it goes back to
 * its sender; `text` and `keywords`, which go everywhere, are without personal data unless that is kept.
 */
export function readSubmission(value: unknown, ownId: string, personalData: PersonalDataPolicy): Reading {
  const rejected = (code: string, field: string | undefined, ko: string, en: string, id = ownId): Reading => ({
    kind: 'rejected',
    id,
    rejection: { code: `INGESTION.${code}`, ...(field === undefined ? {} : { field }), reason: { ko, en } },
  });
  if (!isObject(value)) return rejected('NOT_A_PROBLEM', undefined, '{"id", "content"} 모양의 객체가 아닙니다', 'is not an object such as {"id", "content"}');
  const given = value['id'];
  if (!isAbsent(given) && typeof given !== 'string' && typeof given !== 'number') return rejected('BAD_FIELD', 'id', '문자열이나 수여야 합니다', 'must be a string or a number');
  const id = isAbsent(given) || String(given).trim() === '' ? ownId : String(given);
  if (/[\p{Cc}\p{Cs}]/u.test(id)) return rejected('BAD_FIELD', 'id', '제어 문자나 반쪽 문자가 들어 있습니다', 'holds control characters or halves of characters');
  if (codePointLength(id) > LONGEST_ID) return rejected('BAD_FIELD', 'id', `${LONGEST_ID}자를 넘습니다`, `is longer than ${LONGEST_ID} characters`);

  const field = isAbsent(value['content']) && !isAbsent(value['text']) ? 'text' : 'content';
  const content = value[field];
  if (isAbsent(content)) return rejected('MISSING_TEXT', 'content', '문제의 글이 없습니다', 'the text of the problem is missing', id);
  if (typeof content !== 'string') return rejected('BAD_FIELD', field, '문자열이어야 합니다', 'must be a string', id);
  if (codePointLength(content) > LONGEST_TEXT) return rejected('TEXT_TOO_LONG', field, `${LONGEST_TEXT}자를 넘습니다`, `is longer than ${LONGEST_TEXT} characters`, id);
  const text = readText(content, personalData);
  if (text.trim() === '') return rejected('EMPTY_TEXT', field, '비어 있습니다', 'is empty', id);

  const metadata = value['metadata'] ?? undefined;
  if (!isAbsent(metadata) && !isObject(metadata)) return rejected('BAD_FIELD', 'metadata', '객체여야 합니다', 'must be an object', id);
  return { kind: 'problem', problem: { id, content, text, keywords: extractKeywords(text), ...(metadata === undefined ? {} : { metadata }) } };
}

/** Many producers write null where they have nothing. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
