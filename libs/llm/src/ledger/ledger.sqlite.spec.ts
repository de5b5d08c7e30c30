import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { describeLedgerStore } from './ledger.behaviour.js';
import { SqliteLedgerStore } from './ledger.sqlite.js';

describe('the ledger in SQLite', () => {
  describeLedgerStore(
    () => {
      const database = openDatabase(':memory:');
      const store = { database, commits: new GroupCommit(database) };
      return async () => new SqliteLedgerStore(store);
    },
    { runs: 60 },
  );
});
