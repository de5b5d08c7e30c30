import { resolve } from 'node:path';
import { defaultDataDir, modelFile as modelFileIn } from '@math-labeler/storage';

/** Where models are kept: in `DATA_DIR`, or `var` in the project. */
export function modelFile({ DATA_DIR: folder }: NodeJS.ProcessEnv): string {
  return modelFileIn(folder ? resolve(folder) : defaultDataDir);
}
