import { type KnowledgeHit } from './knowledge-index.js';

/** The order of hits: equal scores in the order of their ids. */
export function bestFirst(a: KnowledgeHit, b: KnowledgeHit): number {
  return b.score - a.score || (a.document.id < b.document.id ? -1 : 1);
}
