import { groupByStandard } from './group-by-standard.js';
import { type KnowledgeHit, type KnowledgeKind } from './knowledge-index.js';

const hit = (kind: KnowledgeKind, code: string, score: number): KnowledgeHit => ({ document: { id: `${kind} ${code} ${score}`, kind, code, text: '' }, score });

describe('hits grouped by standard', () => {
  test('the three best examples of a standard add up, further ones add nothing', () => {
    const hits = [hit('example', '2수01-01', 9), hit('example', '2수01-02', 5), hit('example', '2수01-02', 4), hit('example', '2수01-02', 3), hit('example', '2수01-02', 2)];
    expect(groupByStandard(hits)).toEqual([
      { code: '2수01-02', score: 12, hits: [hits[1], hits[2], hits[3]] },
      { code: '2수01-01', score: 9, hits: [hits[0]] },
    ]);
  });

  test("a standard's own words count double, and bring in a standard without examples", () => {
    const hits = [hit('example', '2수01-01', 7), hit('standard', '2수01-02', 4), hit('standard', '2수01-01', 1)];
    expect(groupByStandard(hits).map(({ code, score }) => [code, score])).toEqual([['2수01-01', 9], ['2수01-02', 8]]);
  });

  test('equal scores come in code order, and no hits give no candidates', () => {
    expect(groupByStandard([hit('example', '4수01-02', 3), hit('example', '2수01-01', 3)]).map(({ code }) => code)).toEqual(['2수01-01', '4수01-02']);
    expect(groupByStandard([])).toEqual([]);
  });
});
