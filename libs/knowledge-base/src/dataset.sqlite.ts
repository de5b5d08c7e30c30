import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { DatasetStore } from './dataset-store.js';
import { type DatasetMove, type DatasetVersion, SHIPPED } from './dataset-version.js';
import { type LabelledRow } from './labelled-row.js';

/** Rows and versions are JSON, which holds whatever a text may hold. */
export class SqliteDatasetStore extends DatasetStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'knowledge', [`
      CREATE TABLE knowledge_moves (seq INTEGER PRIMARY KEY, move TEXT NOT NULL) STRICT;
      CREATE TABLE knowledge_versions (id TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT;
      CREATE TABLE knowledge_rows (delta TEXT NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (delta, key)) STRICT, WITHOUT ROWID;
    `]);
    this.statements = {
      moves: database.prepare('SELECT move FROM knowledge_moves ORDER BY seq'),
      lastMove: database.prepare('SELECT move FROM knowledge_moves ORDER BY seq DESC LIMIT 1'),
      addMove: database.prepare('INSERT INTO knowledge_moves (move) VALUES (?)'),
      keepVersion: database.prepare('INSERT INTO knowledge_versions VALUES (?, ?) ON CONFLICT DO NOTHING'),
      version: database.prepare('SELECT version FROM knowledge_versions WHERE id = ?'),
      keepRow: database.prepare('INSERT INTO knowledge_rows VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
      rows: database.prepare('SELECT row FROM knowledge_rows WHERE delta = ? AND key > ? ORDER BY key LIMIT ?'),
    };
  }

  async history(): Promise<DatasetMove[]> {
    return (this.statements.moves.all() as unknown as { move: string }[]).map(({ move }) => JSON.parse(move) as DatasetMove);
  }

  move(move: DatasetMove): Promise<boolean> {
    return this.store.commits.run(() => {
      const last = this.statements.lastMove.get() as { move: string } | undefined;
      if ((last === undefined ? SHIPPED : (JSON.parse(last.move) as DatasetMove).to) !== move.from) return false;
      this.statements.addMove.run(JSON.stringify(move));
      return true;
    });
  }

  async keepVersion(version: DatasetVersion): Promise<void> {
    await this.store.commits.run(() => this.statements.keepVersion.run(version.id, JSON.stringify(version)));
  }

  async version(id: string): Promise<DatasetVersion | undefined> {
    const row = this.statements.version.get(id) as { version: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.version) as DatasetVersion);
  }

  async keepRows(delta: string, rows: readonly LabelledRow[]): Promise<void> {
    const written = rows.map((row) => [row.key, JSON.stringify(row)] as const);
    await this.store.commits.run(() => {
      for (const [key, row] of written) this.statements.keepRow.run(delta, key, row);
    });
  }

  async rows(delta: string, after: string, limit: number): Promise<LabelledRow[]> {
    return (this.statements.rows.all(delta, after, limit) as unknown as { row: string }[]).map(({ row }) => JSON.parse(row) as LabelledRow);
  }
}
