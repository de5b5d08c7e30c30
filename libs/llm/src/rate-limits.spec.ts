import { durationMs, readRateLimits, retryAfterMs } from './rate-limits.js';

const NOW = Date.parse('2026-11-26T12:00:00Z');

describe('a duration', () => {
  // The first three are examples of OpenAI's guide on rate limits.
  it.each([
    ['1s', 1_000],
    ['6m0s', 360_000],
    ['20ms', 20],
    ['1h2m3.5s', 3_723_500],
    ['1d', 86_400_000],
    ['250µs', 0.25],
    ['2', 2_000],
    ['', undefined],
    ['soon', undefined],
    ['2026-11-26T12:00:00Z', undefined],
    ['1s later', undefined],
  ])('%j is %p ms', (text, ms) => expect(durationMs(text)).toBe(ms));
});

describe('how long to wait', () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['parts of a second', { 'retry-after': '0.5' }, 500],
    ['ms come before seconds', { 'retry-after': '1', 'retry-after-ms': '1234' }, 1_234],
    ['a date', { 'retry-after': 'Thu, 26 Nov 2026 12:00:05 GMT' }, 5_000],
    ['a date by the clock of a server that is an hour ahead', { 'retry-after': 'Thu, 26 Nov 2026 13:00:05 GMT', date: 'Thu, 26 Nov 2026 13:00:00 GMT' }, 5_000],
    ['a date that has passed', { 'retry-after': 'Thu, 26 Nov 2026 11:00:00 GMT' }, 0],
    ['when there are requests again', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '12s', 'x-ratelimit-remaining-tokens': '100', 'x-ratelimit-reset-tokens': '1m0s' }, 12_000],
    ['when there are tokens again', { 'x-ratelimit-remaining-requests': '5', 'x-ratelimit-reset-requests': '99s', 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1m0s' }, 60_000],
    ['nothing that can be read', { 'retry-after': 'later' }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_what, headers, ms) => expect(retryAfterMs(new Headers(headers), NOW)).toBe(ms));
});

describe('what is left of the limits', () => {
  it('is read as OpenAI sends it', () => {
    const headers = new Headers({
      'x-ratelimit-limit-requests': '5000',
      'x-ratelimit-remaining-requests': '4999',
      'x-ratelimit-remaining-tokens': '159976',
      'x-ratelimit-reset-requests': '12ms',
      'x-ratelimit-reset-tokens': '9ms',
    });
    expect(readRateLimits(headers)).toEqual({ limitRequests: 5_000, remainingRequests: 4_999, remainingTokens: 159_976, resetRequestsMs: 12, resetTokensMs: 9 });
  });

  it.each<[string, Record<string, string>]>([['other headers', { date: 'today' }], ['a limit that is none', { 'x-ratelimit-remaining-requests': '-1' }]])('is nothing with %s', (_what, headers) => {
    expect(readRateLimits(new Headers(headers))).toBeUndefined();
  });
});
