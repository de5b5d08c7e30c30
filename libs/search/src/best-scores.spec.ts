import fc from 'fast-check';
import { BestScores } from './best-scores.js';

function barAfter(scores: readonly number[], limit: number): number {
  const best = new BestScores(limit);
  for (const score of scores) if (score > best.bar) best.add(score);
  return best.bar;
}

describe('the bar that a score must exceed', () => {
  test.each([
    [[3, 1, 2], 2, 2],
    [[3, 1, 2], 9, 0],
    [[5, 5, 5, 1], 2, 5],
    [[0, -1, 4], 2, 0],
    [[0, -1], 1, 0],
    [[1, 2], 0, Infinity],
  ])('after %j, with room for %d, is %d', (scores, limit, expected) => {
    expect(barAfter(scores, limit)).toBe(expected);
  });

  test('is the last one that sorting all and cutting leaves, once there are enough', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 50 })), fc.integer({ min: 1, max: 12 }), (scores, limit) => {
        const sorted = scores.filter((score) => score > 0).sort((a, b) => b - a);
        expect(barAfter(scores, limit)).toBe(sorted[limit - 1] ?? 0);
      }),
    );
  });
});
