import { backoffMs } from './backoff.js';

const backoff = { firstMs: 500, longestMs: 8_000 };

describe('the wait before the next try', () => {
  it.each([
    [1, 1, 500],
    [2, 1, 1_000],
    [5, 1, 8_000],
    [9, 1, 8_000],
    [1_100, 1, 8_000],
    [1, 0, 250],
    [3, 0.5, 1_500],
  ])('after %p failures, with the random number %p, is %p ms', (tries, random, ms) => expect(backoffMs(tries, backoff, random)).toBe(ms));
});
