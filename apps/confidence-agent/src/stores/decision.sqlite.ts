import { type Settled } from '@math-labeler/labeler';
import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { type Decision, DecisionStore } from './decision.store.js';

export class SqliteDecisionStore extends DecisionStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'confidence-agent decisions', [`
      CREATE TABLE confidence_decisions (problem_id TEXT PRIMARY KEY, event_id TEXT NOT NULL, label TEXT NOT NULL) STRICT;
      CREATE TABLE confidence_reviews (problem_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, settled TEXT NOT NULL) STRICT;
    `]);
    this.statements = {
      decided: database.prepare('SELECT event_id AS eventId, label FROM confidence_decisions WHERE problem_id = ?'),
      decide: database.prepare('INSERT INTO confidence_decisions VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
      settled: database.prepare('SELECT settled FROM confidence_reviews WHERE problem_id = ?'),
      settle: database.prepare('INSERT INTO confidence_reviews VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision, settled = excluded.settled WHERE excluded.revision > revision'),
    };
  }

  async decided(problemId: string): Promise<Decision | undefined> {
    return this.read(problemId);
  }

  decide(decision: Decision): Promise<Decision> {
    const { eventId, label } = decision;
    return this.store.commits.run(() => (this.statements.decide.run(label.id, eventId, JSON.stringify(label)).changes > 0 ? decision : this.read(label.id)!));
  }

  async settled(problemId: string): Promise<Settled | undefined> {
    const row = this.statements.settled.get(problemId) as { settled: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.settled) as Settled);
  }

  async settle(problemId: string, settled: Settled): Promise<void> {
    await this.store.commits.run(() => this.statements.settle.run(problemId, settled.revision, JSON.stringify(settled)));
  }

  private read(problemId: string): Decision | undefined {
    const row = this.statements.decided.get(problemId) as { readonly eventId: string; readonly label: string } | undefined;
    return row === undefined ? undefined : { eventId: row.eventId, label: JSON.parse(row.label) as Decision['label'] };
  }
}
