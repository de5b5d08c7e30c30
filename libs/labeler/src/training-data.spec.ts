import { type GoldProblem, type KnowledgeBase, type Phrase, type SolvedExample, type Standard } from '@math-labeler/curriculum';
import { NONE } from '@math-labeler/local-model';
import { trainingData } from './training-data.js';

const standard = (code: string, statement: string) => ({ code, statement }) as Standard;
const standards = [standard('2수01-01', '수를 읽고 쓸 수 있다.'), standard('2수01-02', '자릿값을 이해한다.')];

let made = 0;
const by = (author: string, count: number): SolvedExample[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${author}-${++made}`, author, text: `${made} + ${i}은 얼마인가요?`, code: standards[i % 2].code, level: 'ABC'[i % 3] as 'A', type: '계산', grade: '1-1' }));

const phrases: Phrase[] = [
  { code: '2수01-02', text: '십의 자리', list: 1 },
  { code: '2수01-01', text: '하나 둘 셋', list: 2 },
];

function knowledge(examples: readonly SolvedExample[], evaluation: readonly GoldProblem[] = []): KnowledgeBase {
  return { curriculum: { standards } as unknown as KnowledgeBase['curriculum'], examples, phrases, evaluation, fingerprints: { taxonomy: '', dataset: '' } };
}

const ignore = () => {};

describe('training data', () => {
  test('problems come first, then statements and phrases, which weigh less, have no level and belong to no fold', async () => {
    const { set } = await trainingData(knowledge(by('t1', 3)), 2, ignore);
    expect([...set.standards]).toEqual([0, 1, 0, 0, 1, 1, 0]);
    expect([...set.levels]).toEqual([0, 1, 2, NONE, NONE, NONE, NONE]);
    expect([...set.folds]).toEqual([0, 0, 0, NONE, NONE, NONE, NONE]);
    expect([...set.weights]).toEqual([1, 1, 1, 0.1, 0.1, 0.1, 0.05].map((weight) => expect.closeTo(weight, 6)));
    expect(set.standardCount).toBe(2);
  });

  test.each([
    ['as many authors as folds', ['t1 1', 't2 1', 't3 1'], 3, ['t1', 't2', 't3']],
    ['fewer authors than folds: a fold each', ['t1 1', 't2 1'], 5, ['t1', 't2']],
    ['a large author alone, the small ones together', ['t1 2', 't2 9', 't3 3', 't4 3'], 2, ['t2', 't1 t3 t4']],
    ['one fold', ['t1 2', 't2 1'], 1, ['t1 t2']],
  ])('%s', async (_case, authors, folds, expected) => {
    const examples = authors.flatMap((author) => by(author.split(' ')[0], Number(author.split(' ')[1])));
    const data = await trainingData(knowledge(examples), folds, ignore);
    expect(data.folds).toEqual(expected);
    data.examples.forEach(({ author }, row) => expect(data.folds[data.set.folds[row]].split(' ')).toContain(author));
  });

  test('a problem of the evaluation set is left out, however its spaces and signs are written, and named', async () => {
    const examples = by('t1', 2).concat({ ...by('t2', 1)[0], id: 'twin', text: '６０ ÷ 3 =' });
    const gold: GoldProblem = { id: 'G1', text: '60÷3=', code: '2수01-01', level: 'C', type: '계산', grade: '1-1' };
    const data = await trainingData(knowledge(examples, [gold]), 5, ignore);
    expect(data.examples.map(({ id }) => id)).not.toContain('twin');
    expect(data.folds).toEqual(['t1']);
    expect(data.coincidences.map(({ example, gold: { id } }) => [example.id, id])).toEqual([['twin', 'G1']]);
  });

  test('tells how far it is and stops where the listener throws', async () => {
    const shares: number[] = [];
    await trainingData(knowledge(by('t1', 401)), 1, (share) => shares.push(share));
    expect(shares).toEqual([0, 200 / 405, 400 / 405].map((share) => expect.closeTo(share, 12)));
    const stop = new Error('enough');
    await expect(trainingData(knowledge(by('t1', 1)), 1, () => { throw stop; })).rejects.toBe(stop);
  });
});
