/** 성취수준: A explains or applies further, B meets the standard, C meets it with guidance or in a simple case. */
export type Level = 'A' | 'B' | 'C';

/** From the most to the least demanding. */
export const LEVELS = ['A', 'B', 'C'] as const satisfies readonly Level[];

export interface StandardLevel {
  readonly code: string;
  /** Absent where only the standard was written, as in official documents. */
  readonly level?: Level;
}

/** 하위 분류 as it is published: `[2수01-01-A]`. */
export function formatStandardLevel(code: string, level: Level): string {
  return `[${code}-${level}]`;
}

// A longer tail (`2수01-01-1`, `2수01-01-00`) is another notation's finer concept, not a level: such a code is no match.
const WRITTEN_CODE = /^\s*\[?\s*(\d수\d\d-\d\d)(?:-([ABC]))?(?![-\p{L}\p{N}])/u;

/**
 * Reads `[2수01-01-A]`, `2수01-01` or `[2수01-01] statement`, in any Unicode form; undefined where no code leads the text.
 * Whether the curriculum has such a standard is for the caller to ask.
 */
export function parseStandardLevel(written: string): StandardLevel | undefined {
  const match = WRITTEN_CODE.exec(written.normalize('NFKC'));
  if (match === null) return undefined;
  const [, code, level] = match;
  return level === undefined ? { code } : { code, level: level as Level };
}
