import { z } from 'zod';
import { type Bilingual } from './bilingual.js';

const korean = z.locales.ko().localeError;
const english = z.locales.en().localeError;

/** Text with something to read in it. */
export const words = z.string().refine((text) => text.trim() !== '', because({ ko: '비어 있습니다', en: 'is empty' }));

/** Gives a `refine` the reason that `explainIssue` then finds. */
export function because(reason: Bilingual): { params: { reason: Bilingual } } {
  return { params: { reason } };
}

/** A zod issue (of `safeParse(…, { reportInput: true })`) as the field it is about (`semesters[0]`) and the reason in both languages. */
export function explainIssue(issue: z.core.$ZodIssue): { field: string | undefined; reason: Bilingual } {
  if (issue.code === 'unrecognized_keys') {
    return { field: fieldOf([...issue.path, issue.keys[0]]), reason: { ko: '알 수 없는 필드입니다', en: 'is not a known field' } };
  }
  return { field: fieldOf(issue.path), reason: reasonOf(issue) };
}

function reasonOf(issue: z.core.$ZodIssue): Bilingual {
  if (issue.code === 'custom' && issue.params?.reason !== undefined) return issue.params.reason as Bilingual;
  if ('input' in issue && issue.input === undefined) return { ko: '필드가 없습니다', en: 'the field is missing' };
  if (issue.code === 'invalid_value') {
    const values = issue.values.join(', ');
    return { ko: `${values} 가운데 하나여야 합니다`, en: `must be one of ${values}` };
  }
  return { ko: sentence(korean(issue as z.core.$ZodRawIssue)), en: sentence(english(issue as z.core.$ZodRawIssue)) };
}

function sentence(message: string | { message: string } | undefined | null): string {
  return typeof message === 'string' ? message : (message?.message ?? '');
}

function fieldOf(path: readonly PropertyKey[]): string | undefined {
  if (path.length === 0) return undefined;
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');
}
