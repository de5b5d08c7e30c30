import { type KnowledgeHit, type KnowledgeIndex, SemanticSearch } from '@math-labeler/search';
import { evidenceOf, gatherEvidence } from './evidence.js';
import { ceilingOf } from './voting.js';

const hit = (code: string, text: string, kind: 'example' | 'standard' = 'example'): KnowledgeHit => ({
  document: { id: `${code} ${text}`, kind, code, text, ...(kind === 'example' ? { level: 'B' as const } : {}) },
  score: 1.234567,
});
const [a, b, c, d] = ['2수01-01', '2수01-02', '2수01-03', '2수01-04'];

describe('the most that a text lets one know', () => {
  const held = [hit(a, '알맞은 수를 써넣으세요. 3 + □ = 5'), hit(a, '□ 안에 알맞은 수를 써넣으시오.'), hit(b, '표를 보고 알맞은 수를 써넣으세요.'), hit(c, '다른 말')];
  const ceiling = (text: string, hits: readonly KnowledgeHit[]): number => ceilingOf(evidenceOf(text, hits).wordForWord);

  test.each([
    ['words that two standards share', '알맞은 수를 써넣으세요.', 2 / 3],
    ['the same words with another ending', '알맞은 수를 써넣으시오', 2 / 3],
    ['words that one standard alone has', '다른 말', 1],
    ['words that no example has', '처음 보는 말', 1],
  ])('%s', (_, text, expected) => {
    expect(ceiling(text, held)).toBeCloseTo(expected, 4);
  });

  test('standards’ own words do not count', () => {
    expect(ceiling('다른 말', [...held, hit(d, '다른 말', 'standard')])).toBe(1);
  });
});

test('evidence names examples and standards apart, best first, and what both say for each standard', () => {
  const { standards, examples, candidates } = evidenceOf('x', [hit(a, '하나'), hit(b, '둘', 'standard')]);
  expect(examples).toEqual([{ id: `${a} 하나`, code: a, level: 'B', text: '하나', score: 1.2346 }]);
  expect(standards).toEqual([{ code: b, score: 1.2346 }]);
  expect(candidates).toEqual([{ code: b, score: 2.4691 }, { code: a, score: 1.2346 }]);
});

describe('with a search by meaning', () => {
  const byWording = [hit(a, '하나'), { ...hit(b, '둘', 'standard'), score: 1 }];
  const byMeaning = [hit(c, '셋'), { ...hit(d, '넷', 'standard'), score: 1 }];
  const index = { search: async () => byWording, nearest: async () => byMeaning } as unknown as KnowledgeIndex;
  const meaning = (embed: () => Promise<Float32Array[]>): SemanticSearch => new SemanticSearch({ embedder: { name: 'e', embed }, withinMs: 60_000, onAbsent: () => {} });

  test('people and voters that read see what it has found too, while the neighbours and the ceiling stay those of the wording', async () => {
    const alone = await gatherEvidence('하나', index);
    const { examples, standards, ...voted } = await gatherEvidence('하나', index, meaning(async () => [Float32Array.of(1)]));
    expect(examples.map(({ code }) => code)).toEqual([a, c]);
    expect(standards.map(({ code }) => code)).toEqual([b, d]);
    expect(voted).toEqual({ candidates: alone.candidates, wordForWord: alone.wordForWord });
  });

  test('without an answer of the embedder the evidence is that of the wording, to the last digit', async () => {
    expect(await gatherEvidence('하나', index, meaning(() => Promise.reject(new Error('away'))))).toEqual(await gatherEvidence('하나', index));
  });
});
