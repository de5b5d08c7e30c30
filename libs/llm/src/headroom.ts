import { type RateLimits } from './rate-limits.js';

/** Where a provider tells that nothing is left, and not when there will be something again. */
const UNTOLD_REFILL_MS = 1_000;

/** How many more calls a provider will take, by what it has told last; without a word from it there is no bound. */
export class Headroom {
  private left = Infinity;
  private refillMs = 0;
  private refillAt = 0;

  /** Without requests, or tokens, one more call has room as soon as its share of the limit is there again. */
  heed({ limitRequests, remainingRequests, resetRequestsMs = UNTOLD_REFILL_MS, remainingTokens, resetTokensMs = UNTOLD_REFILL_MS }: RateLimits, now: number): void {
    if (remainingRequests !== undefined) {
      const used = Math.max(1, (limitRequests ?? 1) - remainingRequests);
      this.left = remainingRequests;
      this.refillMs = resetRequestsMs / used;
      this.refillAt = now + this.refillMs;
    }
    if (remainingTokens === 0) {
      this.left = 0;
      this.refillAt = Math.max(this.refillAt, now + resetTokensMs);
    }
  }

  /** When the next call has room: a time that has passed, or is to come. */
  roomAt(): number {
    return this.left > 0 ? 0 : this.refillAt;
  }

  take(now: number): void {
    if (this.left > 0) this.left -= 1;
    else this.refillAt = now + this.refillMs;
  }
}
