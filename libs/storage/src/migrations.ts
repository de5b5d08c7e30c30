import { InputError } from '@math-labeler/curriculum';
import { type Database } from './database.js';

/**
 * Brings the tables of one part of the program up to date: each step is SQL that runs once, in order, ever; steps are only ever added.
 * Throws InputError STORAGE.NEWER when a later version of the program has been here.
 */
export function migrate(database: Database, part: string, steps: readonly string[]): void {
  database.exec('CREATE TABLE IF NOT EXISTS schema_versions (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID');
  inTransaction(database, () => {
    const row = database.prepare('SELECT version FROM schema_versions WHERE part = ?').get(part) as { readonly version: number } | undefined;
    const version = row?.version ?? 0;
    if (version > steps.length) throw newer(database, part);
    if (version === steps.length) return;
    for (const step of steps.slice(version)) database.exec(step);
    database.prepare('INSERT INTO schema_versions VALUES (?, ?) ON CONFLICT DO UPDATE SET version = excluded.version').run(part, steps.length);
  });
}

/** Runs synchronous work in one transaction: all of it is kept, or, when it throws, nothing. */
export function inTransaction<Result>(database: Database, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function newer(database: Database, part: string): InputError {
  return new InputError('STORAGE.NEWER', { file: database.location() ?? ':memory:' }, part, {
    ko: '더 새로운 버전의 프로그램이 쓴 데이터입니다. 프로그램을 새 버전으로 올리거나 다른 데이터 폴더를 쓰세요.',
    en: 'a newer version of the program has written this data; update the program, or use another data folder',
  });
}
