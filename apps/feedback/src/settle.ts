import { type Level } from '@math-labeler/curriculum';
import { type Settled } from '@math-labeler/labeler';
import { NOBODY, type Review } from './stores/review.store.js';

/**
 * What the answers to a problem, in the order in which they came, come to: each reviewer's last answer is one voice, and each answer without a
 * name, as nobody knows whose it is. The label with the most voices holds, told by the last one for it. When several labels have as many they are contested, and the last voice for one of them stands meanwhile.
 */
export function settle(reviews: readonly Review[]): Settled {
  const voices = [...new Map(reviews.map((review) => [review.reviewer === NOBODY ? review.eventId : review.reviewer, review])).values()];
  const counts = new Map<string, number>();
  for (const voice of voices) counts.set(nameOf(voice), (counts.get(nameOf(voice)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const leading = voices.filter((voice) => counts.get(nameOf(voice)) === most);
  const { code, level, reviewer } = reviews.findLast((review) => leading.includes(review))!;
  return { code, level, contested: leading.length > most, revision: reviews.length + 1, reviewer };
}

function nameOf({ code, level }: { readonly code: string; readonly level: Level }): string {
  return `${code}-${level}`;
}
