import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** Curriculum and labelled problems, as they come with the project. */
export const dataFolder = join(project, 'data');

/** Where models are kept: `DATA_DIR`, or `var` in the project. */
export function modelFile({ DATA_DIR: folder }: NodeJS.ProcessEnv): string {
  return join(folder ? resolve(folder) : join(project, 'var'), 'models', 'local-model.bin');
}

export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  return version;
}
