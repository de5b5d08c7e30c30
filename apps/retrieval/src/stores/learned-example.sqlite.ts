import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { type LearnedExample, LearnedExampleStore } from './learned-example.store.js';

type Row = Omit<LearnedExample, 'contested'> & { readonly contested: number };

export class SqliteLearnedExampleStore extends LearnedExampleStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'retrieval', ['CREATE TABLE retrieval_learned (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, text TEXT NOT NULL, code TEXT NOT NULL, level TEXT NOT NULL, contested INTEGER NOT NULL) STRICT']);
    this.statements = {
      put: database.prepare('INSERT INTO retrieval_learned VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision, text = excluded.text, code = excluded.code, level = excluded.level, contested = excluded.contested WHERE excluded.revision > revision'),
      one: database.prepare('SELECT * FROM retrieval_learned WHERE id = ?'),
      all: database.prepare('SELECT * FROM retrieval_learned ORDER BY id'),
    };
  }

  learn({ id, revision, text, code, level, contested }: LearnedExample): Promise<LearnedExample> {
    return this.store.commits.run(() => {
      this.statements.put.run(id, revision, text, code, level, Number(contested));
      return exampleOf(this.statements.one.get(id) as unknown as Row);
    });
  }

  async all(): Promise<LearnedExample[]> {
    return (this.statements.all.all() as unknown as Row[]).map(exampleOf);
  }
}

function exampleOf(row: Row): LearnedExample {
  return { ...row, contested: row.contested === 1 };
}
