import { type Level } from '@math-labeler/curriculum';
import { type Settled } from '@math-labeler/labeler';
import { type Review } from './stores/review.store.js';

/**
 * What the answers to a problem, in the order in which they came, come to: each reviewer's last answer is one voice, and the answer with the most
 * voices holds. With as many for another they are contested, and the last answer stands meanwhile.
 */
export function settle(reviews: readonly Review[]): Settled {
  const voices = new Map(reviews.map((review) => [review.reviewer, review]));
  const counts = new Map<string, number>();
  for (const review of voices.values()) counts.set(nameOf(review), (counts.get(nameOf(review)) ?? 0) + 1);
  const [[leading, most], second] = [...counts].sort(([, a], [, b]) => b - a);
  const contested = second !== undefined && second[1] === most;
  const last = reviews[reviews.length - 1];
  const held = contested ? last : [...voices.values()].find((review) => nameOf(review) === leading)!;
  return { code: held.code, level: held.level, contested, revision: reviews.length + 1, reviewer: last.reviewer };
}

function nameOf({ code, level }: { readonly code: string; readonly level: Level }): string {
  return `${code}-${level}`;
}
