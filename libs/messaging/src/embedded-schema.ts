/** A record's place in the file is its partition's id times this, plus its offset: reading on is then a scan of neighbouring rows. */
export const OFFSETS = 2 ** 40;

/**
 * `head` is the JSON array of key (or null) and headers, since a TEXT value would end at its first U+0000. `next` matters once retention has emptied
 * a partition: until then the last record tells it.
 */
export const MIGRATIONS = [
  `
  CREATE TABLE log_topics (topic TEXT PRIMARY KEY, retention_hours REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE log_partitions (
    id INTEGER PRIMARY KEY CHECK (id < 8192),
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    next INTEGER NOT NULL DEFAULT 0,
    UNIQUE (topic, partition)
  ) STRICT;
  CREATE TABLE log_records (position INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, head TEXT NOT NULL, value BLOB NOT NULL) STRICT;
  CREATE TABLE log_groups (group_name TEXT NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (group_name, topic)) STRICT, WITHOUT ROWID;
  CREATE TABLE log_offsets (
    group_name TEXT NOT NULL,
    partition_id INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (group_name, partition_id)
  ) STRICT, WITHOUT ROWID;
  `,
];
