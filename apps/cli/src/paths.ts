import { resolve } from 'node:path';
import { defaultDataDir, modelFile as modelFileIn } from '@math-labeler/storage';

/** Where the product keeps what it makes: `DATA_DIR`, or `var` in the project. */
export function dataDir({ DATA_DIR: folder }: NodeJS.ProcessEnv): string {
  return folder ? resolve(folder) : defaultDataDir;
}

/** Where the model is kept. */
export function modelFile(env: NodeJS.ProcessEnv): string {
  return modelFileIn(dataDir(env));
}
