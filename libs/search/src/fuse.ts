import { bestFirst } from './best-first.js';
import { type KnowledgeHit, type KnowledgeKind, type KnowledgeQuery } from './knowledge-index.js';

const MEANING_WEIGHT = 0.2;

/**
 * The hits of a search by wording and of one by meaning as one list, best first: each search's scores are stretched so that its best hit has 1 and its last
 * one 0, and their weighted sum counts, what a search has not found having 0 there. Scores are 0 to 1. Without hits by meaning those by wording are given
 * as they are.
 */
export function fused(byWording: readonly KnowledgeHit[], byMeaning: readonly KnowledgeHit[], limits: KnowledgeQuery['limits'], weight = MEANING_WEIGHT): readonly KnowledgeHit[] {
  if (byMeaning.length === 0) return byWording;
  const hits = new Map<string, KnowledgeHit>();
  const count = (list: readonly KnowledgeHit[], share: number): void => {
    for (const { document, score } of stretched(list)) hits.set(document.id, { document, score: (hits.get(document.id)?.score ?? 0) + share * score });
  };
  count(byWording, 1 - weight);
  count(byMeaning, weight);
  const left: Record<KnowledgeKind, number> = { example: limits.example ?? 0, standard: limits.standard ?? 0 };
  return [...hits.values()].sort(bestFirst).filter(({ document: { kind } }) => left[kind]-- > 0);
}

/** With scores from 1, the best, to 0, the last. All have 1 where all are alike. */
function stretched(hits: readonly KnowledgeHit[]): KnowledgeHit[] {
  const scores = hits.map(({ score }) => score);
  const [last, best] = [Math.min(...scores), Math.max(...scores)];
  return hits.map(({ document, score }) => ({ document, score: best === last ? 1 : (score - last) / (best - last) }));
}
