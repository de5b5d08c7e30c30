import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { BatchStore, type KeptBatch } from './batch.store.js';
import { packQuestions, unpackQuestions } from './packed-questions.js';

interface Row {
  readonly id: string;
  /** JSON, since TEXT ends at U+0000. */
  readonly model: string;
  readonly server: string;
  readonly submittedAt: string;
  readonly estimate: number;
  readonly file: string;
  readonly batch: string | null;
  readonly questions: string;
}

export class SqliteBatchStore extends BatchStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'llm batches', [`
      CREATE TABLE llm_batches (
        id TEXT PRIMARY KEY, model TEXT NOT NULL, server TEXT NOT NULL, submittedAt TEXT NOT NULL, count INTEGER NOT NULL, estimate INTEGER NOT NULL,
        file TEXT NOT NULL, batch TEXT, status TEXT NOT NULL, questions TEXT
      ) STRICT;
      CREATE INDEX llm_batches_pending ON llm_batches (submittedAt) WHERE status = 'pending';
    `]);
    this.statements = {
      keep: database.prepare(`
        INSERT INTO llm_batches (id, model, server, submittedAt, count, estimate, file, batch, status, questions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)
        ON CONFLICT DO UPDATE SET batch = excluded.batch
      `),
      settle: database.prepare('UPDATE llm_batches SET status = ?, questions = NULL WHERE id = ?'),
      pending: database.prepare("SELECT id, model, server, submittedAt, estimate, file, batch, questions FROM llm_batches WHERE status = 'pending' ORDER BY submittedAt, id"),
    };
  }

  async keep({ id, model, server, submittedAt, questions, estimate, file, batch }: KeptBatch): Promise<void> {
    const packed = packQuestions(questions);
    await this.store.commits.run(() => this.statements.keep.run(id, JSON.stringify(model), server, submittedAt, questions.length, estimate, file, batch ?? null, packed));
  }

  async settle(id: string, status: string): Promise<void> {
    await this.store.commits.run(() => this.statements.settle.run(status, id));
  }

  async pending(): Promise<KeptBatch[]> {
    return (this.statements.pending.all() as unknown as Row[]).map(({ model, batch, questions, ...row }) => ({
      ...row,
      model: JSON.parse(model) as string,
      ...(batch === null ? {} : { batch }),
      questions: unpackQuestions(questions),
    }));
  }
}
