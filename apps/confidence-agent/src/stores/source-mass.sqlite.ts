import { type BandMass } from '@math-labeler/confidence';
import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { SourceMassStore } from './source-mass.store.js';

export class SqliteSourceMassStore extends SourceMassStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'confidence-agent sources', [`
      CREATE TABLE confidence_source_masses (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, problem_id TEXT NOT NULL, low REAL NOT NULL, middle REAL NOT NULL, high REAL NOT NULL, UNIQUE (source, problem_id)) STRICT;
      CREATE INDEX confidence_source_masses_in_order ON confidence_source_masses (source, seq);
    `]);
    this.statements = {
      count: database.prepare('INSERT INTO confidence_source_masses (source, problem_id, low, middle, high) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
      masses: database.prepare('SELECT low, middle, high FROM confidence_source_masses WHERE source = ? ORDER BY seq LIMIT ?'),
    };
  }

  async count(source: string, problemId: string, [low, middle, high]: BandMass): Promise<void> {
    await this.store.commits.run(() => this.statements.count.run(source, problemId, low, middle, high));
  }

  async masses(source: string, limit: number): Promise<BandMass[]> {
    return (this.statements.masses.all(source, limit) as unknown as { low: number; middle: number; high: number }[]).map(({ low, middle, high }) => [low, middle, high]);
  }
}
