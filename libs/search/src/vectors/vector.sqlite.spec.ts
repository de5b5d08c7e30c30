import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeVectorStore } from './vector.behaviour.js';
import { SqliteVectorStore } from './vector.sqlite.js';

describe('vectors in SQLite', () => {
  describeVectorStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteVectorStore(store);
  });
});
