import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeSubmissionStore } from './submission.behaviour.js';
import { SqliteSubmissionStore } from './submission.sqlite.js';

describe('submissions in SQLite', () => {
  describeSubmissionStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteSubmissionStore(store);
  });
});
