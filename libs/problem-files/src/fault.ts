import { InputError, type Place } from '@math-labeler/curriculum';
import { type ReadOutcome } from './problem.js';

/** An `InputError` of this library; `code` is written without its prefix. */
export function fault(code: string, place: Place, field: string | undefined, ko: string, en: string, cause?: unknown): InputError {
  return new InputError(`PROBLEM_FILES.${code}`, place, field, { ko, en }, cause === undefined ? undefined : { cause });
}

export function refused(error: InputError): ReadOutcome {
  return { kind: 'fault', error };
}

export function notice(code: string, place: Place, ko: string, en: string): ReadOutcome {
  return { kind: 'notice', code: `PROBLEM_FILES.${code}`, place, message: { ko, en } };
}

const REASONS: Readonly<Record<string, readonly [code: string, ko: string, en: string]>> = {
  ENOENT: ['NOT_FOUND', '파일이나 폴더가 없습니다', 'there is no such file or folder'],
  EACCES: ['NO_PERMISSION', '읽거나 쓸 권한이 없습니다', 'permission to read or write it is missing'],
  EPERM: ['NO_PERMISSION', '읽거나 쓸 권한이 없습니다', 'permission to read or write it is missing'],
  EISDIR: ['IS_FOLDER', '파일이 아니라 폴더입니다', 'is a folder, not a file'],
  ENOTDIR: ['NOT_FOUND', '경로 중간이 폴더가 아닙니다', 'a part of its path is not a folder'],
  ENOSPC: ['DISK_FULL', '디스크에 남은 공간이 없습니다', 'the disk is full'],
  EROFS: ['NO_PERMISSION', '읽기 전용 파일 시스템입니다', 'the file system is read-only'],
};

/** Translates an error of the file system. Any other is returned as it was: a bug, or a pipe that its reader closed (`EPIPE`). */
export function fromFileSystem(error: unknown, place: Place): unknown {
  const known = systemCode(error);
  if (known === undefined) return error;
  const [code, ko, en] = REASONS[known] ?? ['UNREADABLE', `읽거나 쓸 수 없습니다 (${known})`, `cannot be read or written (${known})`];
  return fault(code, place, undefined, ko, en, error);
}

/** `ENOENT` and the like; undefined for anything but an error of the file system. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^E(?!PIPE$)[A-Z]+$/.test(error.code) ? error.code : undefined;
}
