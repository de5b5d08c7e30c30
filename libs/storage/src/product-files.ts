import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** Curriculum and labelled problems, as they come with the product. */
export const dataFolder = join(project, 'data');

/** Where the trained model lies within a data directory. */
export function modelFile(dataDir: string): string {
  return join(dataDir, 'models', 'local-model.bin');
}

/** Where within a data directory stands how language models are weighed. */
export function llmCalibrationsFile(dataDir: string): string {
  return join(dataDir, 'models', 'llm-calibrations.json');
}

/** `DATA_DIR` where none is told. */
export const defaultDataDir = join(project, 'var');

export function productVersion(): string {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  return version;
}
