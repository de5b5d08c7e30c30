import fc from 'fast-check';
import { BestScores } from './best-scores.js';

function leastOfBest(scores: readonly number[], limit: number): number {
  const best = new BestScores(limit);
  for (const score of scores) best.add(score);
  return best.least;
}

describe('the least of the best scores', () => {
  test.each([
    [[3, 1, 2], 2, 2],
    [[3, 1, 2], 9, 1],
    [[5, 5, 5, 1], 2, 5],
    [[0, -1, 4], 2, 4],
    [[0, -1], 2, Infinity],
    [[1, 2], 0, Infinity],
  ])('of %j, at most %d of them, is %d', (scores, limit, expected) => {
    expect(leastOfBest(scores, limit)).toBe(expected);
  });

  test('is the one that sorting all and cutting leaves last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 50 })), fc.integer({ min: 1, max: 12 }), (scores, limit) => {
        const sorted = scores.filter((score) => score > 0).sort((a, b) => b - a);
        expect(leastOfBest(scores, limit)).toBe(sorted.slice(0, limit).at(-1) ?? Infinity);
      }),
    );
  });
});
