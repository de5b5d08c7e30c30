import { type Curriculum } from '@math-labeler/curriculum';
import { knowledgeDocuments } from './knowledge-documents.js';

test('an example and a standard become documents, normalised, the standard with its phrases', () => {
  const standards: Curriculum['standards'] = [
    { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수', gradeBand: '1-2', statement: '수를 센다.', semesters: ['1-1'] },
  ];
  const curriculum: Curriculum = { standards, byCode: new Map(), prerequisites: [], levels: { A: { ko: '', en: '' }, B: { ko: '', en: '' }, C: { ko: '', en: '' } }, confusableRules: () => [], fingerprint: '' };
  const documents = knowledgeDocuments(
    {
      curriculum,
      examples: [{ id: 'X1', text: '５개', code: '2수01-01', level: 'B', type: '빈칸', grade: '1-1', author: 't1' }],
      phrases: [{ code: '2수01-01', text: '１０개씩', list: 1 }, { code: '2수01-01', text: '세어 보세요', list: 2 }],
    },
    (text) => text.normalize('NFKC'),
  );
  expect(documents).toEqual([
    { id: 'X1', kind: 'example', code: '2수01-01', level: 'B', text: '5개', group: 't1' },
    { id: '2수01-01', kind: 'standard', code: '2수01-01', text: '수와 연산 네 자리 이하의 수 수를 센다. 10개씩 세어 보세요' },
  ]);
});
