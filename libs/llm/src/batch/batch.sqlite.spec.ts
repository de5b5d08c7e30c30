import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeBatchStore } from './batch.behaviour.js';
import { SqliteBatchStore } from './batch.sqlite.js';

describe('batches in SQLite', () => {
  describeBatchStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteBatchStore(store);
  });
});
