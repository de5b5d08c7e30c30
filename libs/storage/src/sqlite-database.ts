import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Bilingual, InputError } from '@math-labeler/curriculum';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Database } from './database.js';
import { isBusy, isDamage } from './sqlite-error.js';

/** How long a statement waits for another process that writes, in ms; the event loop stands still meanwhile, and the others' transactions are short. */
const BUSY_MS = 5000;

/**
 * Incremental vacuum has to be chosen before the first table is there. With `synchronous = FULL` a COMMIT is on the disk when it returns;
 * a power loss then leaves one prefix of what was committed, whoever of the process wrote it.
 */
const SETTINGS = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -16384;
  PRAGMA temp_store = MEMORY;
  PRAGMA foreign_keys = ON;
`;

/**
 * Opens a database file, making it and its folder where they are missing. A process shares the one connection: every call is synchronous, so
 * that a transaction within one turn of the event loop is alone. Throws InputError: STORAGE.DAMAGED, STORAGE.IN_USE, STORAGE.CANNOT_OPEN.
 *
 * SQLite cuts a TEXT value off at U+0000 when it is read: text from outside belongs into JSON or a BLOB.
 */
export function openDatabase(path: string): Database {
  let database: Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: BUSY_MS });
    database.exec(SETTINGS);
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database?.close();
    throw reasonOf(error, path);
  }
}

function reasonOf(error: unknown, path: string): InputError {
  const { code, reason } = explain(error);
  return new InputError(`STORAGE.${code}`, { file: path }, undefined, reason, { cause: error });
}

function explain(error: unknown): { readonly code: string; readonly reason: Bilingual } {
  const message = (error as Error).message;
  if (isDamage(error)) {
    return {
      code: 'DAMAGED',
      reason: {
        ko: '데이터베이스 파일이 손상되었거나 데이터베이스가 아닙니다. 백업에서 되살리거나, 파일을 다른 곳으로 옮기고 다시 시작하세요.',
        en: 'the file is damaged or is not a database; restore it from a backup, or move it away and start again',
      },
    };
  }
  if (isBusy(error)) {
    return {
      code: 'IN_USE',
      reason: { ko: '다른 프로그램이 데이터베이스를 쓰고 있습니다. 잠시 뒤에 다시 해 보세요.', en: 'another program is using the database; try again in a moment' },
    };
  }
  return {
    code: 'CANNOT_OPEN',
    reason: { ko: `데이터베이스를 열 수 없습니다. 폴더와 권한, 디스크의 남은 공간을 확인하세요(${message}).`, en: `the database cannot be opened; check the folder, its permissions and the space left on the disk (${message})` },
  };
}
