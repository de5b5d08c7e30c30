import { type BandMass } from '@math-labeler/confidence';
import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { SourceMassStore } from './source-mass.store.js';

export class SqliteSourceMassStore extends SourceMassStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'confidence-agent sources', [`
      CREATE TABLE confidence_source_masses (
        source TEXT NOT NULL, place INTEGER NOT NULL, problem_id TEXT NOT NULL, low REAL NOT NULL, middle REAL NOT NULL, high REAL NOT NULL,
        PRIMARY KEY (source, place), UNIQUE (source, problem_id)
      ) STRICT, WITHOUT ROWID;
    `]);
    const counted = 'SELECT coalesce(max(place), 0) FROM confidence_source_masses WHERE source = ?1';
    this.statements = {
      count: database.prepare(`INSERT INTO confidence_source_masses VALUES (?1, (${counted}) + 1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING`),
      counted: database.prepare(`SELECT (${counted}) AS counted`),
      masses: database.prepare('SELECT low, middle, high FROM confidence_source_masses WHERE source = ? ORDER BY place LIMIT ?'),
    };
  }

  count(source: string, problemId: string, [low, middle, high]: BandMass): Promise<number> {
    return this.store.commits.run(() => {
      this.statements.count.run(source, problemId, low, middle, high);
      return (this.statements.counted.get(source) as { readonly counted: number }).counted;
    });
  }

  async masses(source: string, limit: number): Promise<BandMass[]> {
    return (this.statements.masses.all(source, limit) as unknown as { low: number; middle: number; high: number }[]).map(({ low, middle, high }) => [low, middle, high]);
  }
}
