import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Curriculum, loadCurriculum } from '@math-labeler/curriculum';

/** The shipped curriculum. */
export function shippedCurriculum(): Curriculum {
  const folder = join(import.meta.dirname, '../../../data/curriculum');
  return loadCurriculum(readdirSync(folder).map((name) => ({ path: `curriculum/${name}`, text: readFileSync(join(folder, name), 'utf8') })));
}
