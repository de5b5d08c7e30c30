import { type Feedback } from '@math-labeler/contracts';
import { type Bilingual, type Curriculum, formatStandardLevel, type Level, parseStandardLevel } from '@math-labeler/curriculum';

export interface FeedbackRefusal {
  readonly code: string;
  readonly field: string;
  readonly reason: Bilingual;
}

export type FeedbackAnswer = 'confirm' | { readonly code: string; readonly level: Level };

const WRITTEN = 'correct_labels.하위 분류';

/** What a reviewer's answer says, or why it cannot be used. */
export function checkFeedback({ confirm, correct_labels: labels }: Feedback, curriculum: Curriculum): FeedbackAnswer | FeedbackRefusal {
  if ((confirm === undefined) === (labels === undefined)) {
    return refusal('ONE_ANSWER', 'correct_labels', 'confirm과 correct_labels 가운데 하나만 있어야 합니다', 'exactly one of confirm and correct_labels is needed');
  }
  if (labels === undefined) return 'confirm';
  const written = labels['하위 분류'];
  const parsed = parseStandardLevel(written);
  if (parsed?.level === undefined) return refusal('BAD_LABEL', WRITTEN, `[2수01-01-B]처럼 성취기준과 수준(A, B, C)이어야 합니다: ${written}`, `must be a standard and a level (A, B, C), such as [2수01-01-B]: ${written}`);
  const { code, level } = parsed;
  const standard = curriculum.byCode.get(code);
  if (standard === undefined) return refusal('UNKNOWN_CODE', WRITTEN, `교육과정에 없는 성취기준입니다: ${code}`, `is not a standard of the curriculum: ${code}`);
  const told = [['대분류', labels.대분류, standard.domain], ['중분류', labels.중분류, standard.unit]] as const;
  const wrong = told.find(([, given, right]) => given !== undefined && given.trim().normalize('NFC') !== right);
  if (wrong === undefined) return { code, level };
  const [name, , right] = wrong;
  const label = formatStandardLevel(code, level);
  return refusal('CONTRADICTION', `correct_labels.${name}`, `${label}의 ${name}는 ${right}입니다`, `contradicts ${label}, whose ${name} is ${right}`);
}

function refusal(code: string, field: string, ko: string, en: string): FeedbackRefusal {
  return { code: `FEEDBACK.${code}`, field, reason: { ko, en } };
}
