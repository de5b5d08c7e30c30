import { join, resolve } from 'node:path';
import { defaultDataDir, modelFile as modelFileIn } from '@math-labeler/storage';

/** Where the product keeps what it makes: `DATA_DIR`, or `var` in the project. */
export function dataDir({ DATA_DIR: folder }: NodeJS.ProcessEnv): string {
  return folder ? resolve(folder) : defaultDataDir;
}

/** Where the model is kept. */
export function modelFile(env: NodeJS.ProcessEnv): string {
  return modelFileIn(dataDir(env));
}

/** The database of a server whose log or stores are embedded. */
export function databaseFile(env: NodeJS.ProcessEnv): string {
  return join(dataDir(env), 'math-labeler.sqlite');
}

/** Whether the environment names a server, by itself or in a file: what can be known without loading the settings. */
export function names(env: NodeJS.ProcessEnv, variable: 'KAFKA_BROKERS' | 'MONGODB_URI' | 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_EMBEDDING_MODEL' | 'PERSONAL_DATA'): boolean {
  return [env[variable], env[`${variable}_FILE`]].some((value) => value !== undefined && value.trim() !== '');
}
