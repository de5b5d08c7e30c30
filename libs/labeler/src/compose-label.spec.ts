import { type Judgement, type Votes } from '@math-labeler/confidence';
import { EvidenceRetrieved, labelResult } from '@math-labeler/contracts';
import { type Curriculum, type Standard } from '@math-labeler/curriculum';
import { composeLabel, type Decided } from './compose-label.js';

const standards = ['2수01-01', '2수01-02', '2수01-03', '2수01-04', '2수01-05'].map((code) => ({ code, domain: '수와 연산', unit: '네 자리 이하의 수', statement: `${code}의 말` })) as Standard[];
const curriculum = { standards, byCode: new Map(standards.map((standard) => [standard.code, standard])), confusableRules: () => [] } as unknown as Curriculum;
const votes: Votes = { local: { standards: Float32Array.of(1, 0, 0, 0, 0), levels: () => Float32Array.of(-1, 1), familiarity: 1 }, neighbours: Float32Array.of(1, 0, 0, 0, 0), checks: new Float32Array(5), ceiling: 1 };
const judgement: Judgement = {
  standard: 1, level: 'B', confidence: 0.612345, levelConfidence: 0.70006, decision: 'review', decidedBy: 'second look', threshold: 0.8,
  ranking: [1, 0, 2, 3, 4], probabilities: Float32Array.of(0.05, 0.612345, 0.2, 0.1, 0.03), withoutContext: 1,
};
const [{ evidence }] = EvidenceRetrieved.examples;
const many = { ...evidence, standards: Array.from({ length: 8 }, () => evidence.standards[0]), examples: Array.from({ length: 8 }, () => evidence.examples[0]) };
const decided: Decided = { id: '1', content: '글', votes, evidence: many, judgement, versions: { mathlabel: '0', taxonomy: 't', dataset: 'd', model: 'm' } };
const note: Decided['note'] = { kind: 'told grade', value: '3학년' };

test('a decision is written down under the names and the code of its standard, to four decimals', () => {
  expect(composeLabel(decided, curriculum)).toMatchObject({
    id: '1', content: '글', category: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-02-B]' },
    code: '2수01-02', level: 'B', confidence: 0.6123, levelConfidence: 0.7001, decision: 'review', decidedBy: 'second look',
  });
});

test('the alternatives are the most probable of the others, best first', () => {
  expect(composeLabel(decided, curriculum).alternatives).toEqual([{ code: '2수01-03', probability: 0.2 }, { code: '2수01-04', probability: 0.1 }, { code: '2수01-01', probability: 0.05 }]);
});

test('the evidence that is shown is the best of it, the standards in their own words', () => {
  const standard = { ...evidence.standards[0], statement: '2수01-01의 말' };
  expect(composeLabel(decided, curriculum).evidence).toEqual({ standards: [standard, standard], examples: many.examples.slice(0, 3) });
});

test('what nobody gave is left out', () => {
  const label = composeLabel(decided, curriculum);
  expect(label).not.toHaveProperty('context');
  expect(label).not.toHaveProperty('metadata');
  expect(labelResult.safeParse(label).success).toBe(true);
});

test('metadata comes back', () => {
  expect(composeLabel({ ...decided, metadata: { page: 3 } }, curriculum)).toMatchObject({ metadata: { page: 3 } });
});

test('a context names what the label would have been without it, where that differs', () => {
  expect(composeLabel({ ...decided, note }, curriculum).context).toEqual(note);
  expect(composeLabel({ ...decided, note, judgement: { ...judgement, withoutContext: 4 } }, curriculum).context).toEqual({ ...note, without: '2수01-05' });
});
