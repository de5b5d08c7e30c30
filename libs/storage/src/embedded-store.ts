import { type Database } from './database.js';
import { type GroupCommit } from './group-commit.js';

/** What log and stores of one process share: reads go to the database at once, writes into the next commit of all. */
export interface EmbeddedStore {
  readonly database: Database;
  readonly commits: GroupCommit;
}
