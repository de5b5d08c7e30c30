import { type Label, type LabelResult } from '@math-labeler/contracts';
import { type Cell } from '@math-labeler/problem-files';
import { type Language } from './language.js';

const DECISIONS = { accepted: { ko: '확정', en: 'accepted' }, corrected: { ko: '수정', en: 'corrected' }, review: { ko: '검토 필요', en: 'review' } } as const;

/** A result as one row of a table. The headers of the category are Korean in both languages, as in every output. */
export function resultRow(result: LabelResult & Partial<Pick<Label, 'revision' | 'duplicateOf' | 'contested'>>, language: Language): Record<string, Cell> {
  const { category, alternatives } = result;
  return {
    id: result.id,
    content: result.content,
    대분류: category.대분류,
    중분류: category.중분류,
    '하위 분류': category['하위 분류'],
    code: result.code,
    level: result.level,
    confidence: result.confidence,
    levelConfidence: result.levelConfidence,
    decision: DECISIONS[result.decision][language],
    ...Object.fromEntries(alternatives.flatMap(({ code, probability }, i) => [[`alternative${i + 1}`, code], [`probability${i + 1}`, probability]])),
    reasons: result.reasons.map((reason) => reason[language]).join(' '),
    similar: result.evidence.examples[0]?.text ?? '',
    model: result.versions.model,
    ...(result.revision === undefined ? {} : { revision: result.revision, duplicateOf: result.duplicateOf, contested: result.contested }),
  };
}
