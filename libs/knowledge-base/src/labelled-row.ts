import { createHash } from 'node:crypto';
import { type Category, fingerprint, type Level, type Semester } from '@math-labeler/curriculum';
import { normalise } from '@math-labeler/problem-text';

/** A labelled problem that was brought into the knowledge base. */
export interface LabelledRow {
  /** Of what the text says (`textKey`): a version holds one row a key. */
  readonly key: string;
  readonly id: string;
  /** As it stood in its file. */
  readonly content: string;
  readonly code: string;
  readonly level: Level;
  /** What code and level stand for. */
  readonly category: Category;
  /** Within the grade band of the standard. */
  readonly grade: Semester;
  /** The form of the problem, in the file's words; empty where it told none. */
  readonly type: string;
  /** The file that brought it: one source is one voice, as an author is. */
  readonly source: string;
}

/** The text as it is compared: normalised, without spaces. It is the key by which training leaves out what coincides with the evaluation set. */
export function comparable(text: string): string {
  return normalise(text).replace(/\s/g, '');
}

/** 128 bits of SHA-256, hexadecimal: the same for two texts that say the same. */
export function textKey(text: string): string {
  return createHash('sha256').update(comparable(text)).digest('hex').slice(0, 32);
}

/** Of everything that the row says, SHA-256. */
export function rowHash({ key, id, content, code, level, grade, type, source }: LabelledRow): string {
  return createHash('sha256').update(JSON.stringify([key, id, content, code, level, grade, type, source])).digest('hex');
}

/** Of rows in whatever order: the same rows have the same hash. SHA-256, hexadecimal. */
export function contentHash(rows: Iterable<LabelledRow>): string {
  return fingerprint(Array.from(rows, rowHash).sort().map((hash) => [hash]));
}

export function sameLabel(one: Pick<LabelledRow, 'code' | 'level'>, other: Pick<LabelledRow, 'code' | 'level'>): boolean {
  return one.code === other.code && one.level === other.level;
}

/** Without halves of surrogate pairs, which say nothing and cannot be stored everywhere. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
