import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database } from './database.js';
import { GroupCommit } from './group-commit.js';
import { openDatabase } from './sqlite-database.js';

let folder: string;
let database: Database;
let commits: GroupCommit;
let heard: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
  database = openDatabase(join(folder, 'a.sqlite'));
  database.exec('CREATE TABLE a (b INTEGER PRIMARY KEY, c TEXT) STRICT');
  commits = new GroupCommit(database);
  heard = [];
  commits.watch({ begun: () => heard.push('begun'), committed: () => heard.push('committed'), undone: () => heard.push('undone') });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (b: number, c = '') => () => database.prepare('INSERT INTO a VALUES (?, ?)').run(b, c).changes;
const rows = () => (database.prepare('SELECT b FROM a').all() as { b: number }[]).map(({ b }) => b);

test('the works of one turn are one transaction, in their order, and each gets its own result', async () => {
  const results = await Promise.all([commits.run(put(1)), commits.run(() => rows().length), commits.run(put(2))]);
  expect(results).toEqual([1, 1, 1]);
  expect(rows()).toEqual([1, 2]);
  expect(heard).toEqual(['begun', 'committed']);
});

test('a work that may wait rides with the next one that may not', async () => {
  await Promise.all([commits.run(put(1), 60_000), commits.run(put(2))]);
  expect(heard).toEqual(['begun', 'committed']);
});

test('a work that may wait is committed in its time without another', async () => {
  await commits.run(put(1), 5);
  expect(rows()).toEqual([1]);
});

test('a work that fails by its own fault takes nobody with it', async () => {
  const told = await Promise.allSettled([commits.run(put(1)), commits.run(put(1)), commits.run(() => { throw new Error('a bug'); }), commits.run(put(2))]);
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(rows()).toEqual([1, 2]);
  expect(heard.filter((one) => one === 'begun')).toHaveLength(heard.filter((one) => one !== 'begun').length);
});

test('on a full disk all are told and nothing is kept; later it goes on', async () => {
  const { page_count } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${page_count + 2}`);
  const told = await Promise.allSettled([commits.run(put(1)), commits.run(put(2, 'x'.repeat(100_000)))]);
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(rows()).toEqual([]);
  expect(heard).toEqual(['begun', 'undone']);
  await commits.run(put(3));
  expect(rows()).toEqual([3]);
});

test('a work that may wait does wait, and a flush commits it at once', async () => {
  const done = commits.run(put(1), 60_000);
  await nextTurn();
  await nextTurn();
  expect(heard).toEqual([]);
  commits.flush();
  expect(heard).toEqual(['begun', 'committed']);
  await done;
});
