import { fused } from './fuse.js';
import { type KnowledgeHit, type KnowledgeKind } from './knowledge-index.js';

const hit = (id: string, score: number, kind: KnowledgeKind = 'example'): KnowledgeHit => ({ document: { id, kind, code: '2수01-01', text: id }, score });
const limits = { example: 10, standard: 10 };
const told = (hits: readonly KnowledgeHit[]) => hits.map(({ document: { id }, score }) => [id, Number(score.toFixed(6))]);

describe('hits by wording and by meaning as one list', () => {
  test('without hits by meaning those by wording are given as they are', () => {
    const byWording = [hit('a', 12.5), hit('b', 3)];
    expect(fused(byWording, [], { example: 1 })).toBe(byWording);
  });

  test('each list counts from its last hit, 0, to its best one, 1, by its weight', () => {
    const byWording = [hit('a', 30), hit('b', 20), hit('c', 10)];
    const byMeaning = [hit('c', 0.95), hit('b', 0.9), hit('d', 0.85)];
    expect(told(fused(byWording, byMeaning, limits, 0.25))).toEqual([['a', 0.75], ['b', 0.5], ['c', 0.25], ['d', 0]]);
  });

  test('cosines that are all high tell as much as if they were spread', () => {
    const near = [hit('a', 0.90001), hit('b', 0.9)];
    const spread = [hit('a', 1), hit('b', -1)];
    const byWording = [hit('b', 2), hit('a', 1)];
    expect(told(fused(byWording, near, limits, 0.6))).toEqual(told(fused(byWording, spread, limits, 0.6)));
  });

  test('what the meaning alone finds comes in, and the limit of each kind is kept', () => {
    const byWording = [hit('a', 9), hit('S', 8, 'standard'), hit('b', 1)];
    const byMeaning = [hit('new', 0.9), hit('T', 0.8, 'standard'), hit('b', 0.7)];
    expect(fused(byWording, byMeaning, { example: 2, standard: 1 }, 0.4).map(({ document: { id } }) => id)).toEqual(['a', 'S', 'new']);
  });

  test('a kind without a limit is left out', () => {
    expect(fused([hit('S', 1, 'standard')], [hit('a', 1)], { example: 5 }).map(({ document: { id } }) => id)).toEqual(['a']);
  });

  test('equal scores come in the order of their ids, also where a list is one hit', () => {
    expect(told(fused([hit('b', 5)], [hit('a', 0.9)], limits, 0.5))).toEqual([['a', 0.5], ['b', 0.5]]);
    expect(told(fused([], [hit('b', 0.9), hit('a', 0.9)], limits, 0.5))).toEqual([['a', 0.5], ['b', 0.5]]);
  });
});
