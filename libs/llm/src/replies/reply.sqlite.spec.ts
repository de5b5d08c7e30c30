import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeReplyStore } from './reply.behaviour.js';
import { SqliteReplyStore } from './reply.sqlite.js';

describe('replies in SQLite', () => {
  describeReplyStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteReplyStore(store);
  });
});
