import { type Label } from '@math-labeler/contracts';
import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { type Review, ReviewStore } from './review.store.js';

export class SqliteReviewStore extends ReviewStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'feedback', [`
      CREATE TABLE feedback_labels (problem_id TEXT PRIMARY KEY, label TEXT NOT NULL) STRICT;
      CREATE TABLE feedback_reviews (seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL, problem_id TEXT NOT NULL, reviewer TEXT NOT NULL, code TEXT NOT NULL, level TEXT NOT NULL, UNIQUE (problem_id, event_id)) STRICT;
    `]);
    this.statements = {
      keep: database.prepare('INSERT INTO feedback_labels VALUES (?, ?) ON CONFLICT DO NOTHING'),
      label: database.prepare('SELECT label FROM feedback_labels WHERE problem_id = ?'),
      put: database.prepare('INSERT INTO feedback_reviews (event_id, problem_id, reviewer, code, level) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
      answers: database.prepare('SELECT event_id AS eventId, problem_id AS problemId, reviewer, code, level FROM feedback_reviews WHERE problem_id = ? ORDER BY seq'),
    };
  }

  async keepLabel(label: Label): Promise<void> {
    await this.store.commits.run(() => this.statements.keep.run(label.id, JSON.stringify(label)));
  }

  async label(problemId: string): Promise<Label | undefined> {
    const row = this.statements.label.get(problemId) as { label: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.label) as Label);
  }

  answer({ eventId, problemId, reviewer, code, level }: Review): Promise<Review[]> {
    return this.store.commits.run(() => {
      this.statements.put.run(eventId, problemId, reviewer, code, level);
      const all = this.read(problemId);
      return all.slice(0, all.findIndex((review) => review.eventId === eventId) + 1);
    });
  }

  async answers(problemId: string): Promise<Review[]> {
    return this.read(problemId);
  }

  private read(problemId: string): Review[] {
    return (this.statements.answers.all(problemId) as unknown as Review[]).map((review) => ({ ...review }));
  }
}
