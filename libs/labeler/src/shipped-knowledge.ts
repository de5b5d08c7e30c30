import { type KnowledgeBase, loadKnowledge } from '@math-labeler/curriculum';
import { dataFolder, readDataFolder } from '@math-labeler/storage';

/** The curriculum and the labelled problems that come with the product; throws InputError when a file has been broken. */
export async function readKnowledge(): Promise<KnowledgeBase> {
  return loadKnowledge(await readDataFolder(dataFolder));
}
