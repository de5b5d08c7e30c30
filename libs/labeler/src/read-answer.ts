import { type Feedback } from '@math-labeler/contracts';
import { type Bilingual, type Curriculum, type Level, parseStandardLevel } from '@math-labeler/curriculum';

/** What a reviewer says: a label, or that the present one is right. */
export type Answer = { readonly kind: 'label'; readonly code: string; readonly level: Level } | { readonly kind: 'confirm' };

/** Why an answer cannot be used. */
export interface AnswerFault {
  readonly kind: 'fault';
  /** Stable: `FEEDBACK.UNKNOWN_CODE`. */
  readonly code: string;
  readonly field: string;
  readonly reason: Bilingual;
}

const LABEL = 'correct_labels.하위 분류';

/** Reads a reviewer's answer, which may be anything that has the feedback's form; a domain or unit that is told must be the standard's own. */
export function readAnswer({ correct_labels: labels, confirm }: Pick<Feedback, 'correct_labels' | 'confirm'>, { byCode }: Pick<Curriculum, 'byCode'>): Answer | AnswerFault {
  if ((labels === undefined) === (confirm === undefined)) {
    return fault('ONE_ANSWER', 'correct_labels', 'correct_labels와 confirm 가운데 하나만 있어야 합니다', 'exactly one of correct_labels and confirm is needed');
  }
  if (labels === undefined) return { kind: 'confirm' };
  const written = labels['하위 분류'];
  const parsed = parseStandardLevel(written);
  if (parsed === undefined) return fault('BAD_CODE', LABEL, `성취기준 코드의 형식이 아닙니다: ${shown(written)} (예: [2수01-01-B])`, `is not written as a standard and level: ${shown(written)} (such as [2수01-01-B])`);
  const standard = byCode.get(parsed.code);
  if (standard === undefined) return fault('UNKNOWN_CODE', LABEL, `2022 교육과정에 없는 성취기준입니다: ${parsed.code}`, `the 2022 curriculum has no standard ${parsed.code}`);
  if (parsed.level === undefined) return fault('MISSING_LEVEL', LABEL, '성취수준이 없습니다 (A, B, C)', 'the level is missing (A, B or C)');
  if (differs(labels.대분류, standard.domain)) return fault('CONTRADICTION', 'correct_labels.대분류', `${parsed.code}의 대분류는 ${standard.domain}입니다`, `${parsed.code} belongs to ${standard.domain}`);
  if (differs(labels.중분류, standard.unit)) return fault('CONTRADICTION', 'correct_labels.중분류', `${parsed.code}의 중분류는 ${standard.unit}입니다`, `${parsed.code} belongs to ${standard.unit}`);
  return { kind: 'label', code: parsed.code, level: parsed.level };
}

function differs(told: string | undefined, right: string): boolean {
  return told !== undefined && told.normalize('NFKC').replace(/\s/g, '') !== right.normalize('NFKC').replace(/\s/g, '');
}

function shown(written: string): string {
  return written.length > 40 ? `${written.slice(0, 40)}…` : written;
}

function fault(code: string, field: string, ko: string, en: string): AnswerFault {
  return { kind: 'fault', code: `FEEDBACK.${code}`, field, reason: { ko, en } };
}
