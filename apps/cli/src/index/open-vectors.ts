import { InputError } from '@math-labeler/curriculum';
import { openVectors, SEARCH_COLLECTIONS, type VectorStore } from '@math-labeler/search';
import { GroupCommit, openDatabase, openMongoStore } from '@math-labeler/storage';
import { databaseFile, names } from '../paths.js';
import { type Session } from '../session.js';

/** Does some work with the vectors that a server with this environment uses: those of MONGODB_URI, else of DATA_DIR, where a server may be running. */
export async function withVectors<Result>({ env }: Session, work: (vectors: VectorStore) => Promise<Result>): Promise<Result> {
  if (!names(env, 'MONGODB_URI')) return withSqlite(databaseFile(env), work);
  const { readSettings } = await import('@math-labeler/service-kit');
  return withMongo(readSettings(env).mongodbUri!, work);
}

async function withSqlite<Result>(file: string, work: (vectors: VectorStore) => Promise<Result>): Promise<Result> {
  const database = openDatabase(file);
  try {
    return await work(openVectors({ database, commits: new GroupCommit(database) }));
  } finally {
    database.close();
  }
}

async function withMongo<Result>(uri: string, work: (vectors: VectorStore) => Promise<Result>): Promise<Result> {
  const store = await openMongoStore(uri, { appName: 'mathlabel index' });
  try {
    const missing = await store.missing(SEARCH_COLLECTIONS);
    if (missing.length > 0) {
      throw new InputError('CLI.NOT_MIGRATED', { file: 'MongoDB' }, undefined, { ko: `먼저 mathlabel db migrate를 실행하세요 (빠진 것: ${missing.join(', ')})`, en: `run mathlabel db migrate first (missing: ${missing.join(', ')})` });
    }
    return await work(openVectors(store));
  } finally {
    await store.close();
  }
}
