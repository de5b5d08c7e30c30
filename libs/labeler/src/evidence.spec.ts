import { type KnowledgeHit } from '@math-labeler/search';
import { evidenceOf } from './evidence.js';
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
