import { formatStandardLevel, type Level } from './level.js';

export const GRADE_BANDS = ['1-2', '3-4', '5-6'] as const;
export type GradeBand = (typeof GRADE_BANDS)[number];

/** School year and semester, in curriculum order. */
export const SEMESTERS = ['1-1', '1-2', '2-1', '2-2', '3-1', '3-2', '4-1', '4-2', '5-1', '5-2', '6-1', '6-2'] as const;
export type Semester = (typeof SEMESTERS)[number];

/** The four domains (대분류) of the 2022 curriculum, in code order, with the names its English pages use. */
export const DOMAINS = {
  '수와 연산': 'Numbers and operations',
  '변화와 관계': 'Change and relationships',
  '도형과 측정': 'Shapes and measurement',
  '자료와 가능성': 'Data and likelihood',
} as const;
export type Domain = keyof typeof DOMAINS;

/** 성취기준 */
export interface Standard {
  readonly code: string;
  readonly domain: Domain;
  /** A unit's name may recur in another grade band (길이 in 1–2 and 3–4). */
  readonly unit: string;
  readonly gradeBand: GradeBand;
  readonly statement: string;
  /** When textbooks teach it; at least one, all within the grade band. */
  readonly semesters: readonly Semester[];
}

/** What a label says of a problem, under the Korean names that every output uses. */
export interface Category {
  readonly 대분류: Domain;
  readonly 중분류: string;
  readonly '하위 분류': string;
}

export function category(standard: Standard, level: Level): Category {
  return { 대분류: standard.domain, 중분류: standard.unit, '하위 분류': formatStandardLevel(standard.code, level) };
}

/** The band that a semester belongs to: `4-1` is taught in `3-4`. */
export function gradeBandOf(semester: Semester): GradeBand {
  return GRADE_BANDS[Math.floor((Number(semester[0]) - 1) / 2)];
}
