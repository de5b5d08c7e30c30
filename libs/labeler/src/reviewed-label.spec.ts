import { type Label, ProblemLabeled } from '@math-labeler/contracts';
import { type Standard } from '@math-labeler/curriculum';
import { reviewedLabel, type Settled } from './reviewed-label.js';

const standards = [
  { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수' },
  { code: '6수03-16', domain: '도형과 측정', unit: '원주율과 원의 넓이' },
] as Standard[];
const curriculum = { byCode: new Map(standards.map((standard) => [standard.code, standard])) };
const own: Label = { ...ProblemLabeled.examples[0], code: '2수01-01', level: 'A', confidence: 0.6, levelConfidence: 0.5, decision: 'review' };
const settled: Settled = { code: '6수03-16', level: 'B', contested: false, revision: 2, reviewer: 'kim' };

test('a correction holds and is certain, under the names of its own standard', () => {
  expect(reviewedLabel(own, settled, curriculum)).toMatchObject({
    category: { 대분류: '도형과 측정', 중분류: '원주율과 원의 넓이', '하위 분류': '[6수03-16-B]' },
    code: '6수03-16', level: 'B', confidence: 1, levelConfidence: 1, decision: 'corrected', decidedBy: 'reviewer', reviewer: 'kim', revision: 2,
  });
});

test('another level of the same standard is a correction too', () => {
  expect(reviewedLabel(own, { ...settled, code: own.code, level: 'C' }, curriculum)).toMatchObject({ decision: 'corrected', level: 'C' });
});

test('a confirmation accepts the label', () => {
  expect(reviewedLabel(own, { ...settled, code: own.code, level: own.level }, curriculum)).toMatchObject({ decision: 'accepted', confidence: 1, code: own.code, level: own.level });
});

test('a contested label is for a person, and no surer than it was', () => {
  const label = reviewedLabel(own, { ...settled, contested: true }, curriculum);
  expect(label).toMatchObject({ contested: true, decision: 'review', decidedBy: 'reviewer', confidence: 0.6, levelConfidence: 0.5, code: '6수03-16' });
});

test('the reviewer’s reason comes first, before the labeller’s own', () => {
  const { reasons } = reviewedLabel(own, settled, curriculum);
  expect(reasons).toEqual([{ ko: expect.stringContaining('kim'), en: 'Corrected by the reviewer kim.' }, ...own.reasons]);
});

test('everything else stays as the labeller had it, and its result is a label as it is published', () => {
  const { metadata, evidence, votes, versions, alternatives, id, content } = reviewedLabel(own, settled, curriculum);
  expect({ metadata, evidence, votes, versions, alternatives, id, content }).toEqual({ metadata: own.metadata, evidence: own.evidence, votes: own.votes, versions: own.versions, alternatives: own.alternatives, id: own.id, content: own.content });
  expect(ProblemLabeled.schema.safeParse(reviewedLabel(own, settled, curriculum)).success).toBe(true);
});
