import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { type Registered, type Submission, SubmissionStore } from './submission.store.js';

export class SqliteSubmissionStore extends SubmissionStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'ingestion', [`
      CREATE TABLE ingestion_problems (id TEXT PRIMARY KEY, event_id TEXT NOT NULL, fingerprint TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE ingestion_texts (fingerprint TEXT PRIMARY KEY, first TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `]);
    this.statements = {
      problem: database.prepare('INSERT INTO ingestion_problems VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
      text: database.prepare('INSERT INTO ingestion_texts VALUES (?, ?) ON CONFLICT DO NOTHING'),
      held: database.prepare('SELECT id, event_id AS eventId, fingerprint FROM ingestion_problems WHERE id = ?'),
      first: database.prepare('SELECT first FROM ingestion_texts WHERE fingerprint = ?'),
    };
  }

  register({ id, eventId, fingerprint }: Submission): Promise<Registered> {
    const { problem, text, held, first } = this.statements;
    return this.store.commits.run(() => {
      if (problem.run(id, eventId, fingerprint).changes > 0) text.run(fingerprint, id);
      return { held: { ...(held.get(id) as unknown as Submission) }, first: (first.get(fingerprint) as { first: string } | undefined)?.first ?? id };
    });
  }
}
