/** What a provider says is left of its limits; each part is absent where it is not told. Times are in ms from the reply on. */
export interface RateLimits {
  readonly limitRequests?: number;
  readonly remainingRequests?: number;
  readonly remainingTokens?: number;
  /** Until `remainingRequests` is `limitRequests` again. */
  readonly resetRequestsMs?: number;
  readonly resetTokensMs?: number;
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 0.001, µs: 0.001, ns: 0.000_001 };

/** Of the headers `x-ratelimit-…` as OpenAI and those who follow it send them; undefined where there is none of them. */
export function readRateLimits(headers: Headers): RateLimits | undefined {
  const limits: RateLimits = {
    limitRequests: countIn(headers, 'x-ratelimit-limit-requests'),
    remainingRequests: countIn(headers, 'x-ratelimit-remaining-requests'),
    remainingTokens: countIn(headers, 'x-ratelimit-remaining-tokens'),
    resetRequestsMs: durationIn(headers, 'x-ratelimit-reset-requests'),
    resetTokensMs: durationIn(headers, 'x-ratelimit-reset-tokens'),
  };
  return Object.values(limits).some((value) => value !== undefined) ? limits : undefined;
}

/**
 * The least time to wait before asking again, in ms: `retry-after-ms`, else `Retry-After` (seconds, or an HTTP date, RFC 9110 section 10.2.3), else when
 * what has run out of requests or tokens is there again. Undefined where none is told.
 * @param nowMs by the wall clock, for a date from a server that does not tell its own time
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const told = numberIn(headers, 'retry-after-ms') ?? retryAfterHeader(headers, nowMs);
  if (told !== undefined) return Math.max(0, told);
  const { remainingRequests, resetRequestsMs, remainingTokens, resetTokensMs } = readRateLimits(headers) ?? {};
  const resets = [remainingRequests ? undefined : resetRequestsMs, remainingTokens ? undefined : resetTokensMs].filter((reset) => reset !== undefined);
  return resets.length > 0 ? Math.max(...resets) : undefined;
}

/** `1s`, `6m0s`, `20ms`, `1h2m3.5s` in ms, also a bare number, which is seconds; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  if (!/^(\d+(\.\d+)?(d|h|ms|m|us|µs|ns|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/([\d.]+)([a-zµ]+)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
}

function retryAfterHeader(headers: Headers, nowMs: number): number | undefined {
  const seconds = numberIn(headers, 'retry-after');
  if (seconds !== undefined) return seconds * 1_000;
  const [date, theirNow] = ['retry-after', 'date'].map((name) => Date.parse(headers.get(name) ?? ''));
  if (Number.isNaN(date)) return undefined;
  return date - (Number.isNaN(theirNow) ? nowMs : theirNow);
}

function durationIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text === null ? undefined : durationMs(text.trim());
}

/** A whole number from 0 on: some send -1 for what has no limit. */
function countIn(headers: Headers, name: string): number | undefined {
  const value = numberIn(headers, name);
  return value !== undefined && value >= 0 ? Math.floor(value) : undefined;
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim();
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
