import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeLearnedExampleStore } from './learned-example.behaviour.js';
import { SqliteLearnedExampleStore } from './learned-example.sqlite.js';

describe('learned examples in SQLite', () => {
  describeLearnedExampleStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteLearnedExampleStore(store);
  });
});
