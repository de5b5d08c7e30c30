import { type DatabaseSync } from '@photostructure/sqlite';

/** One connection to a SQLite database; every call is synchronous. The interface is that of `node:sqlite`. */
export type Database = InstanceType<typeof DatabaseSync>;

export type Statement = ReturnType<Database['prepare']>;
