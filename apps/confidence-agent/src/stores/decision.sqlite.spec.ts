import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeDecisionStore } from './decision.behaviour.js';
import { SqliteDecisionStore } from './decision.sqlite.js';

describe('decisions in SQLite', () => {
  describeDecisionStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteDecisionStore(store);
  });
});
