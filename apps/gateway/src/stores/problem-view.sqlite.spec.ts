import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeProblemViewStore } from './problem-view.behaviour.js';
import { SqliteProblemViewStore } from './problem-view.sqlite.js';

const folder = mkdtempSync(join(tmpdir(), 'problem-view-'));
const opened: Database[] = [];
afterAll(() => {
  for (const database of opened) database.close();
  rmSync(folder, { recursive: true, force: true });
});

describeProblemViewStore('the read model in SQLite', () => {
  const database = openDatabase(join(folder, `${opened.length}.sqlite`));
  opened.push(database);
  return new SqliteProblemViewStore({ database, commits: new GroupCommit(database) });
});
