import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@math-labeler/curriculum';
import { migrate } from './migrations.js';
import { openDatabase } from './sqlite-database.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function errorOf(doing: () => unknown): InputError {
  try {
    doing();
  } catch (error) {
    return error as InputError;
  }
  throw new Error('nothing was thrown');
}

describe('a database', () => {
  test('is made with its folder, and keeps what was committed', () => {
    const path = join(folder, 'made/on/the/way.sqlite');
    const first = openDatabase(path);
    first.exec("CREATE TABLE a (b TEXT) STRICT; INSERT INTO a VALUES ('하나')");
    first.close();
    const second = openDatabase(path);
    expect({ ...(second.prepare('SELECT b FROM a').get() as object) }).toEqual({ b: '하나' });
    second.close();
  });

  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['auto_vacuum', 2],
    ['busy_timeout', 5000],
  ])('is opened with %s = %s', (name, value) => {
    const database = openDatabase(join(folder, 'a.sqlite'));
    expect(Object.values(database.prepare(`PRAGMA ${name}`).get() as object)).toEqual([value]);
    database.close();
  });

  test('that is something else is refused in both languages, and left as it was', () => {
    const path = join(folder, 'a.sqlite');
    writeFileSync(path, 'no database '.repeat(1000));
    const error = errorOf(() => openDatabase(path));
    expect(error).toBeInstanceOf(InputError);
    expect(error.code).toBe('STORAGE.DAMAGED');
    expect(error.place.file).toBe(path);
    expect(error.reason).toEqual({ ko: expect.stringMatching(/[가-힣]/), en: expect.stringMatching(/damaged/) });
    expect(readFileSync(path, 'utf8')).toBe('no database '.repeat(1000));
  });

  test('that cannot be opened is refused by its path', () => {
    expect(errorOf(() => openDatabase(folder)).code).toBe('STORAGE.CANNOT_OPEN');
    writeFileSync(join(folder, 'file'), '');
    expect(errorOf(() => openDatabase(join(folder, 'file/a.sqlite'))).code).toBe('STORAGE.CANNOT_OPEN');
  });

  // The superuser may read everything.
  (process.getuid?.() === 0 ? test.skip : test)('without permission is refused', () => {
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed'), 0o000);
    expect(errorOf(() => openDatabase(join(folder, 'closed/a.sqlite'))).code).toBe('STORAGE.CANNOT_OPEN');
  });
});

describe('migrations', () => {
  const steps = ['CREATE TABLE a (b INTEGER) STRICT; INSERT INTO a VALUES (1)', 'INSERT INTO a VALUES (2)'];
  const rows = (database: ReturnType<typeof openDatabase>) => (database.prepare('SELECT b FROM a').all() as { b: number }[]).map(({ b }) => b);

  test('run once each, in order, and parts do not know of each other', () => {
    const database = openDatabase(join(folder, 'a.sqlite'));
    migrate(database, 'part', steps.slice(0, 1));
    migrate(database, 'other', ['CREATE TABLE c (d INTEGER) STRICT']);
    migrate(database, 'part', steps);
    migrate(database, 'part', steps);
    expect(rows(database)).toEqual([1, 2]);
    database.close();
  });

  test('that fail leave nothing', () => {
    const database = openDatabase(join(folder, 'a.sqlite'));
    expect(() => migrate(database, 'part', [steps[0], 'nonsense'])).toThrow();
    migrate(database, 'part', steps);
    expect(rows(database)).toEqual([1, 2]);
    database.close();
  });

  test('refuse what a newer program has written', () => {
    const database = openDatabase(join(folder, 'a.sqlite'));
    migrate(database, 'part', steps);
    expect(errorOf(() => migrate(database, 'part', steps.slice(0, 1))).code).toBe('STORAGE.NEWER');
    database.close();
  });
});
