import { type GradeBand, gradeBandOf, type Semester, SEMESTERS, type Standard } from '@math-labeler/curriculum';

/** What the asker knows of when a problem is taught. */
export interface ToldGrade {
  readonly band: GradeBand;
  /** School year, 1 to 6. */
  readonly year?: number;
  readonly semester?: 1 | 2;
}

/**
 * Reads a told grade in the forms that publishers write: `3학년`, `3`, `P3`, `초3`, `3-1`, `3학년 1학기`, `3~4학년군`, and a
 * semester beside it (`1학기`, `2`). Undefined where it names no elementary grade (`중1`, `M1`, empty).
 */
export function readToldGrade(grade: unknown, semester?: unknown): ToldGrade | undefined {
  if (typeof grade !== 'string' && typeof grade !== 'number') return undefined;
  const written = String(grade).normalize('NFKC').replace(/\s/g, '');
  const band = /^(?:초등?(?:학교)?)?([135])[~∼〜–-]([246])(?:학년군?)?$/.exec(written);
  if (band !== null && Number(band[2]) === Number(band[1]) + 1 && (band[1] !== '1' || /학년/.test(written))) return { band: `${band[1]}-${band[2]}` as GradeBand };
  const year = /^(?:초등?(?:학교)?|[PpEe])?([1-6])(?:학년)?(?:(?:(?<=학년)|[-_.])([12])(?:학기)?)?$/.exec(written);
  if (year === null) return undefined;
  const half = year[2] ?? /^([12])(?:학기)?$/.exec(String(semester ?? '').normalize('NFKC').replace(/\s/g, ''))?.[1];
  return { band: gradeBandOf(`${year[1]}-1` as Semester), year: Number(year[1]), ...(half === undefined ? {} : { semester: Number(half) as 1 | 2 }) };
}

/** The grade that came with a problem, where one did. */
export function toldGradeIn(metadata: Readonly<Record<string, unknown>> | undefined): ToldGrade | undefined {
  return metadata === undefined ? undefined : readToldGrade(metadata['grade'], metadata['semester']);
}

/** `3학년`, `3-1` or `3-4학년군`. */
export function formatToldGrade({ band, year, semester }: ToldGrade): string {
  if (year === undefined) return `${band}학년군`;
  return semester === undefined ? `${year}학년` : `${year}-${semester}`;
}

/** How far a standard lies from a told grade. */
type Distance = 'same semester' | 'same year' | 'same band' | 'next band' | 'far';

/**
 * Log-odds taken off a standard by its distance: a strong prior, not a wall. Fitted on our authors' problems with one telling in ten
 * made wrong: how often a told grade is wrong cannot be learnt from them, and a textbook of another revision places topics elsewhere.
 */
const PENALTY: Readonly<Record<Distance, number>> = { 'same semester': 0, 'same year': -3.1, 'same band': -3.3, 'next band': -4.8, far: -6.9 };

/** Log prior of each standard under a told grade, in the order of `standards`. */
export function toldGradePrior(told: ToldGrade, standards: readonly Standard[]): Float32Array {
  return Float32Array.from(standards, (standard) => PENALTY[distance(told, standard)]);
}

function distance(told: ToldGrade, { gradeBand, semesters }: Standard): Distance {
  const bands = Math.abs(Number(gradeBand[0]) - Number(told.band[0])) / 2;
  if (bands > 0) return bands === 1 ? 'next band' : 'far';
  if (told.year === undefined) return 'same semester';
  const sameYear = semesters.some((semester) => Number(semester[0]) === told.year);
  if (!sameYear) return 'same band';
  if (told.semester === undefined) return 'same semester';
  return semesters.includes(SEMESTERS[(told.year - 1) * 2 + told.semester - 1]) ? 'same semester' : 'same year';
}
