import { analyse } from '@math-labeler/problem-text';
import { type KnowledgeHit } from '@math-labeler/search';
import { ceilingOf, checkVote } from './voting.js';

const hit = (code: string, text: string, kind: 'example' | 'standard' = 'example'): KnowledgeHit => ({ document: { id: `${code}${text}`, kind, code, text }, score: 1 });

describe('the most that a text lets one know', () => {
  const held = [hit('a', '알맞은 수를 써넣으세요. 3 + □ = 5'), hit('a', '□ 안에 알맞은 수를 써넣으시오.'), hit('b', '표를 보고 알맞은 수를 써넣으세요.'), hit('c', '다른 말')];

  test.each([
    ['words that two standards share', '알맞은 수를 써넣으세요.', 2 / 3],
    ['the same words with another ending', '알맞은 수를 써넣으시오', 2 / 3],
    ['words that one standard alone has', '다른 말', 1],
    ['words that no example has', '처음 보는 말', 1],
  ])('%s', (_, text, expected) => {
    expect(ceilingOf(text, held)).toBeCloseTo(expected);
  });

  test('standards’ own words do not count', () => {
    expect(ceilingOf('다른 말', [...held, hit('d', '다른 말', 'standard')])).toBe(1);
  });
});

describe('the vote of the checks', () => {
  const fractions = analyse('2/3 + 1/5 =');

  test('is 1 for the standard of the operation and numbers, 0 for others', () => {
    expect([...checkVote(fractions, new Map([['2수01-01', 0], ['6수01-08', 1], ['6수03-16', 2]]))]).toEqual([0, 1, 0]);
  });

  test('passes over a standard that the curriculum does not have', () => {
    expect([...checkVote(fractions, new Map([['2수01-01', 0]]))]).toEqual([0]);
  });
});
