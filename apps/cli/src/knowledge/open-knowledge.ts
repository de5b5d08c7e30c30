import { existsSync } from 'node:fs';
import { TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type Datasets, KNOWLEDGE_COLLECTIONS, openDatasets } from '@math-labeler/knowledge-base';
import { GroupCommit, isPassing, openDatabase, openMongoStore } from '@math-labeler/storage';
import { databaseFile, names } from '../paths.js';
import { type Session } from '../session.js';

/** `look` makes no file where there is none yet. */
export type Purpose = 'look' | 'change';

/**
 * Does some work with the versions that a server with this environment uses: those of MONGODB_URI, else of DATA_DIR, where a server may be running.
 * What the store cannot do just now is an InputError.
 */
export async function withDatasets<Result>(session: Session, purpose: Purpose, work: (datasets: Datasets) => Promise<Result>): Promise<Result> {
  if (!names(session.env, 'MONGODB_URI')) return withSqlite(session, purpose, work);
  const { readSettings } = await import('@math-labeler/service-kit');
  return withMongo(readSettings(session.env).mongodbUri!, work);
}

async function withSqlite<Result>(session: Session, purpose: Purpose, work: (datasets: Datasets) => Promise<Result>): Promise<Result> {
  const file = databaseFile(session.env);
  const database = openDatabase(purpose === 'look' && !existsSync(file) ? ':memory:' : file);
  try {
    return await work(openDatasets({ database, commits: new GroupCommit(database) }));
  } catch (error) {
    throw isPassing(error) ? away(file, error as Error) : error;
  } finally {
    database.close();
  }
}

async function withMongo<Result>(uri: string, work: (datasets: Datasets) => Promise<Result>): Promise<Result> {
  const store = await openMongoStore(uri, { appName: 'mathlabel knowledge' });
  try {
    const missing = await store.missing(KNOWLEDGE_COLLECTIONS);
    if (missing.length > 0) {
      throw new InputError('CLI.NOT_MIGRATED', { file: 'MongoDB' }, undefined, {
        ko: `먼저 mathlabel db migrate를 실행하세요 (빠진 것: ${missing.join(', ')})`,
        en: `run mathlabel db migrate first (missing: ${missing.join(', ')})`,
      });
    }
    return await work(openDatasets(store));
  } catch (error) {
    throw error instanceof TransientError ? away('MongoDB', error) : error;
  } finally {
    await store.close();
  }
}

function away(file: string, cause: Error): InputError {
  return new InputError('CLI.STORE_AWAY', { file }, undefined, { ko: `지금은 쓸 수 없습니다. 잠시 뒤에 다시 해 보세요 (${cause.message})`, en: `cannot be used just now; try again in a moment (${cause.message})` }, { cause });
}
