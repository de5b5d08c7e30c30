import fc from 'fast-check';
import { waitAfter } from './backoff.js';

const backoff = { firstMs: 200, longestMs: 10_000 };

describe('the wait after a try', () => {
  it.each([
    [1, 0, 100],
    [1, 1, 200],
    [2, 1, 400],
    [3, 0.5, 600],
    [6, 1, 6400],
    [7, 1, 10_000],
    [7, 0, 5000],
  ])('after try %i, drawn %d, is %d ms', (tries, drawn, expected) => {
    expect(waitAfter(tries, backoff, drawn)).toBe(expected);
  });

  it('is a number within its bounds, however many tries there were', () => {
    const waits = fc.record({ firstMs: fc.integer({ min: 0, max: 60_000 }), longestMs: fc.integer({ min: 0, max: 60_000 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), waits, fc.double({ min: 0, max: 1, noNaN: true }), (tries, bounds, drawn) => {
        const wait = waitAfter(tries, bounds, drawn);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(bounds.longestMs);
      }),
    );
  });
});
