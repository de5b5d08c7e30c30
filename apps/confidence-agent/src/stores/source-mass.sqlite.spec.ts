import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeSourceMassStore } from './source-mass.behaviour.js';
import { SqliteSourceMassStore } from './source-mass.sqlite.js';

describe('masses of sources in SQLite', () => {
  describeSourceMassStore(() => {
    const database = openDatabase(':memory:');
    const store = { database, commits: new GroupCommit(database) };
    return async () => new SqliteSourceMassStore(store);
  });
});
