import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@math-labeler/curriculum';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Database } from './database.js';
import { isBusy } from './sqlite-error.js';

/** A server that is just ending is waited for, in ms. */
const PATIENCE_MS = 3000;

export interface FolderLock {
  release(): void;
}

/**
 * Takes a data folder for this process alone, until it is released or the process ends, however it ends: the lock is the operating system's
 * own on a file that an exclusive SQLite transaction holds. Throws InputError: STORAGE.IN_USE, STORAGE.CANNOT_LOCK.
 */
export function lockFolder(folder: string): FolderLock {
  let file: Database | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    file = new DatabaseSync(join(folder, 'in-use.lock'), { timeout: PATIENCE_MS });
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file?.close();
    throw isBusy(error) ? inUse(folder, error) : cannotLock(folder, error);
  }
  const held = file;
  return { release: () => void (held.isOpen && held.close()) };
}

function inUse(folder: string, cause: unknown): InputError {
  return new InputError(
    'STORAGE.IN_USE',
    { file: folder },
    undefined,
    { ko: '이 데이터 폴더는 이미 실행 중인 서버가 쓰고 있습니다. 그 서버를 먼저 멈추거나, DATA_DIR에 다른 폴더를 지정하세요.', en: 'a server that is running already uses this data folder; stop it first, or set DATA_DIR to another folder' },
    { cause },
  );
}

function cannotLock(folder: string, cause: unknown): InputError {
  const { message } = cause as Error;
  const reason = { ko: `데이터 폴더를 쓸 수 없습니다. 경로와 권한을 확인하세요(${message}).`, en: `the data folder cannot be used; check its path and permissions (${message})` };
  return new InputError('STORAGE.CANNOT_LOCK', { file: folder }, undefined, reason, { cause });
}
