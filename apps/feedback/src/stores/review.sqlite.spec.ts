import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeReviewStore } from './review.behaviour.js';
import { SqliteReviewStore } from './review.sqlite.js';

describe('reviews in SQLite', () => {
  describeReviewStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteReviewStore(store);
  });
});
