import { existsSync } from 'node:fs';
import { TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type AnyCollection, GroupCommit, isPassing, openDatabase, openMongoStore, type Store } from '@math-labeler/storage';
import { databaseFile, names } from './paths.js';
import { type Session } from './session.js';

/** `look` makes no file where there is none yet. */
export type Purpose = 'look' | 'change';

export interface OpenedStore {
  readonly store: Store;
  close(): Promise<void>;
  /** What a person is told of an error: that the store cannot be used just now, where it is that. */
  told(error: unknown): unknown;
}

/** The store that a server with this environment uses, which may be running: that of MONGODB_URI, else of DATA_DIR. Throws InputError where it lacks one of these collections, or is away. */
export async function openStore({ env }: Pick<Session, 'env'>, purpose: Purpose, collections: readonly AnyCollection[]): Promise<OpenedStore> {
  if (!names(env, 'MONGODB_URI')) return openSqlite(env, purpose);
  const { readSettings } = await import('@math-labeler/service-kit');
  return openMongo(readSettings(env).mongodbUri!, collections);
}

/** Does some work with a store, and lets go of it. */
export async function withStore<Result>(session: Session, purpose: Purpose, collections: readonly AnyCollection[], work: (store: Store) => Promise<Result>): Promise<Result> {
  const opened = await openStore(session, purpose, collections);
  try {
    return await work(opened.store);
  } catch (error) {
    throw opened.told(error);
  } finally {
    await opened.close();
  }
}

function openSqlite(env: NodeJS.ProcessEnv, purpose: Purpose): OpenedStore {
  const file = databaseFile(env);
  const database = openDatabase(purpose === 'look' && !existsSync(file) ? ':memory:' : file);
  const commits = new GroupCommit(database);
  return {
    store: { database, commits },
    close: async () => {
      commits.flush();
      database.close();
    },
    told: (error) => (isPassing(error) || error instanceof TransientError ? away(file, error as Error) : error),
  };
}

async function openMongo(uri: string, collections: readonly AnyCollection[]): Promise<OpenedStore> {
  const store = await openMongoStore(uri, { appName: 'mathlabel' });
  const told = (error: unknown): unknown => (error instanceof TransientError ? away('MongoDB', error) : error);
  try {
    const missing = await store.missing(collections);
    if (missing.length > 0) {
      throw new InputError('CLI.NOT_MIGRATED', { file: 'MongoDB' }, undefined, {
        ko: `먼저 mathlabel db migrate를 실행하세요 (빠진 것: ${missing.join(', ')})`,
        en: `run mathlabel db migrate first (missing: ${missing.join(', ')})`,
      });
    }
  } catch (error) {
    await store.close();
    throw told(error);
  }
  return { store, close: () => store.close(), told };
}

function away(file: string, cause: Error): InputError {
  return new InputError('CLI.STORE_AWAY', { file }, undefined, { ko: `지금은 쓸 수 없습니다. 잠시 뒤에 다시 해 보세요 (${cause.message})`, en: `cannot be used just now; try again in a moment (${cause.message})` }, { cause });
}
