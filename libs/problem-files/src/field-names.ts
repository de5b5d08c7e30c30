/** What a field of a record or a column of a table means to us; `other` ones are kept under `metadata` by their own name. */
export type Meaning = 'id' | 'text' | 'code' | 'standardLevel' | 'level' | 'category' | 'metadata' | 'grade' | 'semester' | 'source' | 'other';

export interface FieldName {
  readonly meaning: Meaning;
  /** The earlier of two names for one meaning wins: `문제` before `문항`, which often only numbers the problems. */
  readonly rank: number;
}

/** As people write them, in order of preference; compared without case, spaces, hyphens and underscores, in any Unicode form. */
const NAMES: Readonly<Record<Exclude<Meaning, 'other'>, readonly string[]>> = {
  id: ['id', 'problem_id', 'item_id', 'question_id', '문항 id', '문제 id', '아이디', '식별자', '문항번호', '문제번호', '문항 코드', '번호', 'no', 'no.', '연번', '순번'],
  text: [
    'content', 'text', 'problem_text', 'question_text', '문제 내용', '문항 내용', '문제 텍스트', '문항 텍스트', '문제 본문', '문항 본문',
    '문제', '내용', '본문', '발문', '문항', '질문', 'question', 'problem', 'stem', 'body',
  ],
  code: ['code', 'standard', 'standard_code', 'achievement_standard', '성취기준 코드', '성취기준', '2022 성취기준', '성취기준 코드(2022)'],
  standardLevel: ['하위 분류', 'standard_level'],
  level: ['level', '성취수준', '수준'],
  category: ['category', '분류'],
  metadata: ['metadata', '메타데이터'],
  grade: ['grade', '학년', 'school_year', '학년-학기', '학년군', 'grade_band'],
  semester: ['semester', '학기', 'term'],
  source: ['source', '출처'],
};

const canonical = (name: string) => name.normalize('NFKC').toLowerCase().replace(/[\s_\-\u200b\ufeff]+/g, '');

const MEANINGS: ReadonlyMap<string, FieldName> = new Map(
  Object.entries(NAMES).flatMap(([meaning, names]) => names.map((name, rank) => [canonical(name), { meaning: meaning as Meaning, rank }] as const)),
);

const OTHER: FieldName = { meaning: 'other', rank: 0 };

/** Field names repeat a million times; a file that draws them at random must not fill the memory. */
const seen = new Map<string, FieldName>();

/** The meaning of a field by its name. */
export function meaningOf(name: string): FieldName {
  const known = seen.get(name);
  if (known !== undefined) return known;
  if (seen.size > 10_000) seen.clear();
  const meaning = MEANINGS.get(canonical(name)) ?? OTHER;
  seen.set(name, meaning);
  return meaning;
}
