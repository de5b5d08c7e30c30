import { existsSync } from 'node:fs';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { readKnowledge } from '@math-labeler/labeler';
import { databaseFile, names } from '../paths.js';
import { type Session } from '../session.js';

/** What a server with this environment labels and is trained with: the shipped problems with those that were imported. */
export async function presentKnowledge(session: Session): Promise<KnowledgeBase> {
  const shipped = await readKnowledge();
  // Where nothing can have been imported, no database is loaded.
  if (!names(session.env, 'MONGODB_URI') && !existsSync(databaseFile(session.env))) return shipped;
  const { currentKnowledge } = await import('@math-labeler/knowledge-base');
  const { withDatasets } = await import('./open-knowledge.js');
  return withDatasets(session, 'look', (datasets) => currentKnowledge(shipped, datasets));
}
