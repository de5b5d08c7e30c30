import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeDatasetStore } from './dataset.behaviour.js';
import { SqliteDatasetStore } from './dataset.sqlite.js';

describe('versions of the knowledge base in SQLite', () => {
  describeDatasetStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteDatasetStore(store);
  });
});
