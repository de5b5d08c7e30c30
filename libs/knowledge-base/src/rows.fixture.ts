import { category, type Curriculum, type GoldProblem, type KnowledgeBase, type Level, type SolvedExample, type Standard } from '@math-labeler/curriculum';
import { type LabelledRow, textKey } from './labelled-row.js';

const standards: readonly Standard[] = [
  { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수', gradeBand: '1-2', statement: '수를 센다.', semesters: ['1-1', '1-2'] },
  { code: '2수01-04', domain: '수와 연산', unit: '덧셈과 뺄셈', gradeBand: '1-2', statement: '더한다.', semesters: ['1-2'] },
  { code: '4수03-01', domain: '도형과 측정', unit: '도형의 기초', gradeBand: '3-4', statement: '직선을 안다.', semesters: ['3-1'] },
];

export const curriculum: Curriculum = {
  standards,
  byCode: new Map(standards.map((standard) => [standard.code, standard])),
  prerequisites: [],
  levels: { A: { ko: '', en: '' }, B: { ko: '', en: '' }, C: { ko: '', en: '' } },
  confusableRules: () => [],
  fingerprint: 'taxonomy',
};

export function row(content: string, { code = '2수01-01', level = 'B' as Level, id = `r-${content}`, source = 'a.jsonl' } = {}): LabelledRow {
  return { key: textKey(content), id, content, code, level, category: category(curriculum.byCode.get(code)!, level), grade: '1-1', type: '', source };
}

export function example(id: string, text: string, code = '2수01-01', level: Level = 'B'): SolvedExample {
  return { id, text, code, level, type: '빈칸', grade: '1-1', author: 't1' };
}

export function shippedWith(examples: readonly SolvedExample[] = [], evaluation: readonly GoldProblem[] = []): KnowledgeBase {
  return { curriculum, examples, phrases: [], evaluation, fingerprints: { taxonomy: 'taxonomy', dataset: 'shipped-dataset' } };
}
