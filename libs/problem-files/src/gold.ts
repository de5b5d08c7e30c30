import { type InputError, LEVELS, type Level, parseStandardLevel, type Place } from '@math-labeler/curriculum';
import { fault } from './fault.js';
import { type Gold } from './problem.js';

/** The fields of one record that may hold its right answer, as they stand in the file. */
export interface WrittenGold {
  readonly field: string;
  /** A code, `[code] statement`, `[code-A]`, several of them, or a list of these. */
  readonly standard: unknown;
  readonly levelField: string;
  readonly level: unknown;
  /** The object of names that the code may stand in. */
  readonly category?: Readonly<Record<string, unknown>>;
}

/** Reads the gold of a record; a code must be well formed and, where `knownCodes` is given, one of them. */
export function readGold(written: WrittenGold, place: Place, knownCodes: ReadonlySet<string> | undefined): Gold | InputError {
  const texts = separate(written.standard);
  if (texts === undefined) return fault('BAD_TYPE', place, written.field, '성취기준 코드는 문자열이어야 합니다', 'the code of a standard must be a string');
  if (texts.length === 0) return fault('MISSING_CODE', place, written.field, '정답 성취기준이 없습니다', 'the right standard is missing');
  const codes = new Set<string>();
  const levels = new Set<Level>();
  for (const text of texts) {
    const parsed = parseStandardLevel(text);
    if (parsed === undefined) {
      const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
      return fault('BAD_CODE', place, written.field, `성취기준 코드의 형식이 아닙니다: ${shown} (예: 2수01-01)`, `is not written as the code of a standard: ${shown} (such as 2수01-01)`);
    }
    if (knownCodes?.has(parsed.code) === false) {
      return fault('UNKNOWN_CODE', place, written.field, `2022 교육과정에 없는 성취기준입니다: ${parsed.code}`, `the 2022 curriculum has no standard ${parsed.code}`);
    }
    codes.add(parsed.code);
    if (parsed.level !== undefined) levels.add(parsed.level);
  }
  const named = written.category === undefined ? {} : { category: written.category };
  if (isBlank(written.level)) return levels.size === 1 ? { codes: [...codes], level: [...levels][0], ...named } : { codes: [...codes], ...named };
  const level = readLevel(written.level);
  if (level === undefined) return fault('BAD_LEVEL', place, written.levelField, '성취수준은 A, B, C 중 하나여야 합니다', 'the level must be A, B or C');
  return { codes: [...codes], level, ...named };
}

const BETWEEN_CODES = /[,;|/\s]+(?=\[?\d수\d)|(?<=[^\s[])(?=\[\d수\d)/;

/** One cell may hold several standards: `[2수01-01] …, [2수01-02] …`; undefined where it is neither text nor a list of texts. */
function separate(standard: unknown): string[] | undefined {
  const texts = isBlank(standard) ? [] : Array.isArray(standard) ? standard : [standard];
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  return texts.flatMap((text) => text.normalize('NFKC').split(BETWEEN_CODES)).map((text) => text.trim()).filter((text) => text !== '');
}

function readLevel(written: unknown): Level | undefined {
  if (typeof written !== 'string') return undefined;
  const letter = written.normalize('NFKC').replace(/수준/, '').trim().toUpperCase();
  return LEVELS.find((level) => level === letter);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
