import { z } from 'zod';
import { type Bilingual } from './bilingual.js';
import { type DataFile, fileAt, jsonRows } from './data-file.js';
import { words } from './explain-issue.js';
import { fingerprint } from './fingerprint.js';
import { InputError, type Place } from './input-error.js';
import { type Level, LEVELS } from './level.js';
import { type Domain, DOMAINS, GRADE_BANDS, gradeBandOf, SEMESTERS, type Standard } from './standard.js';

/** What has to be mastered first: `from` before `to`. */
export interface Prerequisite {
  readonly from: string;
  readonly to: string;
  /** How well the independent sources agree. */
  readonly tier: 'strong' | 'moderate' | 'weak';
  /** How many sources hold the link. */
  readonly support: number;
}

/** What tells neighbouring standards apart. */
export interface ConfusableRule {
  readonly codes: readonly string[];
  readonly rule: Bilingual;
}

export interface Curriculum {
  /** In code order, so that an index into it means the same in every process. */
  readonly standards: readonly Standard[];
  readonly byCode: ReadonlyMap<string, Standard>;
  readonly prerequisites: readonly Prerequisite[];
  readonly levels: Readonly<Record<Level, Bilingual>>;
  /** Rules between at least two of these codes. */
  confusableRules(codes: readonly string[]): ConfusableRule[];
  /** Of codes, domains, units and statements: what a trained model depends on. */
  readonly fingerprint: string;
}

const STANDARDS_FILE = 'curriculum/standards-2022.json';
const PREREQUISITES_FILE = 'curriculum/prerequisites-2022.json';
const PAIRS_FILE = 'curriculum/confusable-pairs.json';
const LEVELS_FILE = 'curriculum/levels.json';

const bilingual = z.strictObject({ ko: words, en: words });

const standardRow = z.strictObject({
  code: z.string().regex(/^[246]수0[1-4]-\d\d$/),
  domain: z.enum(Object.keys(DOMAINS) as [Domain, ...Domain[]]),
  unit: words,
  gradeBand: z.enum(GRADE_BANDS),
  statement: words,
  semesters: z.array(z.enum(SEMESTERS)).min(1),
});
const prerequisiteRow = z.strictObject({
  from: z.string(),
  to: z.string(),
  tier: z.enum(['strong', 'moderate', 'weak']),
  support: z.int().positive(),
});
const pairRow = z.strictObject({ codes: z.array(z.string()).min(2), rule: bilingual });
const levelRow = z.strictObject({ level: z.enum(LEVELS), ...bilingual.shape });

/** Reads the curriculum out of the data folder's files; throws InputError at the first thing that is missing or wrong. */
export function loadCurriculum(files: readonly DataFile[]): Curriculum {
  const standards = readStandards(fileAt(files, STANDARDS_FILE));
  const byCode = new Map(standards.map((standard) => [standard.code, standard]));
  const rules = readRules(fileAt(files, PAIRS_FILE), byCode);
  return {
    standards,
    byCode,
    prerequisites: readPrerequisites(fileAt(files, PREREQUISITES_FILE), byCode),
    levels: readLevels(fileAt(files, LEVELS_FILE)),
    confusableRules: (codes) => rules.filter((rule) => rule.codes.filter((code) => codes.includes(code)).length >= 2),
    fingerprint: fingerprint(standards.map(({ code, domain, unit, statement }) => [code, domain, unit, statement])),
  };
}

/** Refuses a code that the curriculum does not have. */
export function knownStandard(code: string, byCode: ReadonlyMap<string, Standard>, place: Place, field: string): Standard {
  const standard = byCode.get(code);
  if (standard === undefined) {
    throw new InputError('CURRICULUM.UNKNOWN_CODE', place, field, { ko: `교육과정에 없는 성취기준 코드입니다: ${code}`, en: `is not a standard of the curriculum: ${code}` });
  }
  return standard;
}

/** Refuses the second thing of a name. */
export function refuseDuplicate(seen: Set<string>, name: string, place: Place, field: string): void {
  if (seen.has(name)) throw new InputError('CURRICULUM.DUPLICATE', place, field, { ko: `이미 나온 값입니다: ${name}`, en: `appears a second time: ${name}` });
  seen.add(name);
}

function readStandards(file: DataFile): Standard[] {
  const seen = new Set<string>();
  const rows = jsonRows(file, standardRow);
  for (const { value, place } of rows) {
    refuseDuplicate(seen, value.code, place, 'code');
    const band = GRADE_BANDS[Number(value.code[0]) / 2 - 1];
    const domain = Object.keys(DOMAINS)[Number(value.code[3]) - 1];
    if (value.gradeBand !== band) throw contradicts(place, 'gradeBand', value.code, band);
    if (value.domain !== domain) throw contradicts(place, 'domain', value.code, domain);
    const stray = value.semesters.findIndex((semester) => gradeBandOf(semester) !== band);
    if (stray >= 0) throw contradicts(place, `semesters[${stray}]`, value.code, band);
  }
  return rows.map(({ value }) => value).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function contradicts(place: Place, field: string, code: string, expected: string): InputError {
  return new InputError('CURRICULUM.BAD_FIELD', place, field, {
    ko: `코드와 맞지 않습니다: ${code}의 값은 ${expected}에 속합니다`,
    en: `contradicts the code: ${code} belongs to ${expected}`,
  });
}

function readPrerequisites(file: DataFile, byCode: ReadonlyMap<string, Standard>): Prerequisite[] {
  const seen = new Set<string>();
  return jsonRows(file, prerequisiteRow).map(({ value, place }) => {
    knownStandard(value.from, byCode, place, 'from');
    knownStandard(value.to, byCode, place, 'to');
    if (value.from === value.to) throw new InputError('CURRICULUM.BAD_FIELD', place, 'to', { ko: '자기 자신의 선수 학습일 수 없습니다', en: 'cannot be its own prerequisite' });
    refuseDuplicate(seen, `${value.from} → ${value.to}`, place, 'to');
    return value;
  });
}

function readRules(file: DataFile, byCode: ReadonlyMap<string, Standard>): ConfusableRule[] {
  return jsonRows(file, pairRow).map(({ value, place }) => {
    const seen = new Set<string>();
    value.codes.forEach((code, index) => {
      knownStandard(code, byCode, place, `codes[${index}]`);
      refuseDuplicate(seen, code, place, `codes[${index}]`);
    });
    return value;
  });
}

function readLevels(file: DataFile): Record<Level, Bilingual> {
  const seen = new Set<string>();
  const entries = jsonRows(file, levelRow).map(({ value: { level, ko, en }, place }) => {
    refuseDuplicate(seen, level, place, 'level');
    return [level, { ko, en }] as const;
  });
  const absent = LEVELS.find((level) => !seen.has(level));
  if (absent !== undefined) {
    throw new InputError('CURRICULUM.BAD_FIELD', { file: file.path }, 'level', { ko: `성취수준 ${absent}의 설명이 없습니다`, en: `level ${absent} is not described` });
  }
  return Object.fromEntries(entries) as Record<Level, Bilingual>;
}
