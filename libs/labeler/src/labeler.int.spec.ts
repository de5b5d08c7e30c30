import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '@math-labeler/curriculum';
import { fitCalibration } from '@math-labeler/confidence';
import { trainModel } from '@math-labeler/local-model';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments } from '@math-labeler/search';
import { Labeler } from './labeler.js';
import { gatherEvidence } from './evidence.js';
import { castVotes } from './voting.js';
import { trainingData } from './training-data.js';
import { analyse } from '@math-labeler/problem-text';

const data = join(import.meta.dirname, '../../../data');
const files = ['curriculum', 'knowledge', 'evaluation'].flatMap((part) => readdirSync(join(data, part)).map((name) => ({ path: `${part}/${name}`, text: readFileSync(join(data, part, name), 'utf8') })));

/** A labeler of two authors' problems: enough to see it work, quick to train. */
async function smallLabeler(): Promise<Labeler> {
  const all = loadKnowledge(files);
  const knowledge = { ...all, examples: all.examples.filter(({ author }) => author === 't1' || author === 't4') };
  const { set } = await trainingData(knowledge, 2, () => {});
  const model = trainModel(set, undefined);
  const index = new InProcessKnowledgeIndex();
  await index.put(knowledgeDocuments(knowledge, normalise));
  const positions = new Map(knowledge.curriculum.standards.map(({ code }, i) => [code, i]));
  const observations = await Promise.all(
    all.evaluation.map(async ({ text, code, level }) => {
      const problem = analyse(text);
      const votes = castVotes(problem, await gatherEvidence(problem.text, index), model, positions);
      return { votes, standard: positions.get(code)!, level: 'ABC'.indexOf(level) };
    }),
  );
  return new Labeler({
    curriculum: knowledge.curriculum,
    model,
    calibration: fitCalibration(observations),
    index,
    versions: { mathlabel: '0', taxonomy: 'taxonomy', dataset: 'dataset', model: 'model' },
  });
}

describe('a labeler', () => {
  let labeler: Labeler;
  beforeAll(async () => {
    labeler = await smallLabeler();
  }, 120_000);

  const label = async (text: string) => labeler.label('1', await labeler.read(text), { errorTarget: 0.03 });

  test.each([
    ['100이 4개, 10이 0개, 1이 9개인 수를 쓰고 읽어 보세요.', '2수01-02', '수와 연산', '네 자리 이하의 수'],
    ['두 분수의 합을 구하세요. 2/3 + 1/5', '6수01-08', '수와 연산', '분수의 덧셈과 뺄셈'],
    ['밑면의 반지름이 5 cm인 원의 넓이를 구하세요. (원주율: 3.14)', '6수03-16', '도형과 측정', '원주율과 원의 넓이'],
  ])('places %j at %s', async (text, code, domain, unit) => {
    const result = await label(text);
    expect(result).toMatchObject({ id: '1', content: text, code, category: { 대분류: domain, 중분류: unit, '하위 분류': `[${code}-${result.level}]` } });
  });

  test('gives probabilities that leave the best one the largest, and evidence that is sorted', async () => {
    const { confidence, alternatives, evidence } = await label('어떤 수에 7을 곱했더니 84가 되었습니다. 어떤 수를 구하세요.');
    const probabilities = alternatives.map(({ probability }) => probability);
    expect(probabilities).toHaveLength(3);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(confidence + probabilities.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1.001);
    expect(evidence.examples.map(({ score }) => score)).toEqual(evidence.examples.map(({ score }) => score).sort((a, b) => b - a));
    expect(evidence.standards.length).toBeGreaterThan(0);
  });

  test('a text that problems of many standards hold word for word is left to a person', async () => {
    const text = '빈칸에 알맞은 수를 써넣으세요.';
    for (const code of ['2수01-03', '2수02-01', '4수02-01']) await labeler.learn({ id: code, text, code, level: 'B' });
    const result = await label(text);
    expect(result.confidence).toBeLessThanOrEqual(0.34);
    expect(result).toMatchObject({ decision: 'review', decidedBy: 'second look' });
    expect(result.reasons.map(({ ko }) => ko).join()).toContain('똑같이 나오는 말');
  });

  test('a correction is evidence at once, and the next problem like it is labelled as corrected', async () => {
    const text = '반짝이 통에 별 조각이 들어 있습니다. 별 조각을 어떻게 하면 좋을지 이야기해 보세요.';
    const before = await label(text);
    const code = before.code === '6수04-05' ? '6수04-06' : '6수04-05';
    await labeler.learn({ id: 'review-1', text, code, level: 'A' });
    const after = await label(text);
    expect(after.evidence.examples[0]).toMatchObject({ id: 'review-1', code, level: 'A' });
    expect(after.code).toBe(code);
    expect((await label('두 분수의 합을 구하세요. 2/3 + 1/5')).code).toBe('6수01-08');
  });

  test('a correction to a code that does not exist is refused', async () => {
    await expect(labeler.learn({ id: 'x', text: '문제', code: '9수01-01', level: 'A' })).rejects.toThrow(RangeError);
  });
});
