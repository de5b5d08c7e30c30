import { type Label, type TrailStep } from '@math-labeler/contracts';
import { type EmbeddedStore, migrate, type Statement } from '@math-labeler/storage';
import {
  type Failure, type KnownProblem, type LabeledProblem, type ListQuery, type Page, type ProblemSummary, type ProblemView, ProblemViewStore, type Projected,
  type Refusal, type Rejection, type Revision, type Status, type SubmittedProblem,
} from './problem-view.store.js';

// Text from outside lies within JSON, ids too: SQLite cuts other text off at U+0000.
const TABLES = `
  CREATE TABLE gateway_problems (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event_id TEXT,
    problem TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    code TEXT,
    level TEXT,
    confidence REAL,
    labeled_at TEXT,
    trouble TEXT,
    refused_feedback TEXT
  ) STRICT;
  CREATE INDEX gateway_problems_by_status ON gateway_problems (status);
  CREATE INDEX gateway_problems_by_code ON gateway_problems (code) WHERE code IS NOT NULL;
  CREATE INDEX gateway_reviews ON gateway_problems (confidence) WHERE status = 'review';
  CREATE TABLE gateway_labels (
    problem INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    label TEXT NOT NULL,
    brief TEXT NOT NULL,
    trail TEXT NOT NULL,
    PRIMARY KEY (problem, revision)
  ) STRICT;
  CREATE TABLE gateway_dead_letter_positions (partition TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The part of a problem that is kept as JSON. */
interface Kept {
  readonly id: string;
  readonly content: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly submittedAt?: string;
}

interface Row {
  readonly seq: number;
  readonly event_id: string | null;
  readonly problem: string;
  readonly status: Status;
  readonly revision: number;
  readonly trouble: string | null;
  readonly refused_feedback: string | null;
}

interface LabelRow {
  readonly label: string;
  readonly brief: string;
  readonly trail: string;
}

interface ListRow {
  readonly seq: number;
  readonly problem: string;
  readonly status: Status;
  readonly code: string | null;
  readonly level: string | null;
  readonly confidence: number | null;
  readonly labeled_at: string | null;
}

const SUBMITTED = 'problem.submitted.v1';

export class SqliteProblemViewStore extends ProblemViewStore {
  private readonly statements;
  private readonly lists = new Map<string, Statement>();

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'gateway', [TABLES]);
    this.statements = {
      find: database.prepare('SELECT seq, event_id, problem, status, revision, trouble, refused_feedback FROM gateway_problems WHERE id = ?'),
      add: database.prepare('INSERT INTO gateway_problems (id, event_id, problem, status, trouble) VALUES (?, ?, ?, ?, ?)'),
      describe: database.prepare('UPDATE gateway_problems SET event_id = ?, problem = ? WHERE seq = ?'),
      addLabel: database.prepare('INSERT INTO gateway_labels (problem, revision, label, brief, trail) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
      label: database.prepare('UPDATE gateway_problems SET status = ?, revision = ?, code = ?, level = ?, confidence = ?, labeled_at = ?, trouble = NULL WHERE seq = ?'),
      trouble: database.prepare('UPDATE gateway_problems SET status = ?, trouble = ? WHERE seq = ?'),
      revive: database.prepare("UPDATE gateway_problems SET status = 'pending', trouble = NULL WHERE status = 'failed' AND (?1 IS NULL OR trouble ->> '$.topic' = ?1)"),
      refuse: database.prepare('UPDATE gateway_problems SET refused_feedback = ? WHERE id = ?'),
      labels: database.prepare('SELECT label, brief, trail FROM gateway_labels WHERE problem = ? ORDER BY revision'),
      count: database.prepare("SELECT count(*) AS pending FROM gateway_problems WHERE status = 'pending'"),
      positions: database.prepare('SELECT partition, next FROM gateway_dead_letter_positions'),
      keepPosition: database.prepare('INSERT INTO gateway_dead_letter_positions VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next'),
    };
  }

  submitted({ id, eventId, content, metadata, at }: SubmittedProblem): Promise<Projected> {
    const kept: Kept = { id, content, ...(metadata === undefined ? {} : { metadata }), submittedAt: at };
    return this.store.commits.run(() => {
      const row = this.find(id);
      if (row === undefined) {
        this.statements.add.run(keyOf(id), eventId, JSON.stringify(kept), 'pending', null);
        return { status: 'pending', revision: 0, pending: 1, isNews: true };
      }
      // The first submission under an id is the problem; the others are turned away.
      if (row.event_id === null) this.statements.describe.run(eventId, JSON.stringify(kept), row.seq);
      return unchanged(row);
    });
  }

  labeled({ label, at, trail }: LabeledProblem): Promise<Projected> {
    const { id, content, metadata, revision, code, level, confidence, decision, decidedBy, reviewer, contested } = label;
    const brief: Revision = { revision, code, level, decision, decidedBy, reviewer, contested, at };
    const text = JSON.stringify(label);
    return this.store.commits.run(() => {
      const { add, addLabel, label: setLabel } = this.statements;
      const before = this.find(id);
      if (before === undefined) {
        const submittedAt = trail.find(({ type }) => type === SUBMITTED)?.time;
        add.run(keyOf(id), null, JSON.stringify({ id, content, metadata, submittedAt } satisfies Kept), decision, null);
      }
      const row = before ?? this.find(id)!;
      const isNews = addLabel.run(row.seq, revision, text, JSON.stringify(brief), JSON.stringify([...trail, { type: 'problem.labeled.v1', time: at }])).changes > 0;
      if (revision <= row.revision) return { ...unchanged(row), isNews };
      setLabel.run(decision, revision, code, level, confidence, at, row.seq);
      return { status: decision, revision, pending: before?.status === 'pending' ? -1 : 0, isNews };
    });
  }

  rejected({ id, submittedBy, ...refusal }: Rejection): Promise<Projected> {
    return this.store.commits.run(() => {
      const row = this.find(id);
      const isAboutAnother = row !== undefined && row.event_id !== null && submittedBy !== undefined && row.event_id !== submittedBy;
      return isAboutAnother ? unchanged(row) : this.troubled(id, row, 'rejected', JSON.stringify(refusal));
    });
  }

  failed(id: string, failure: Failure): Promise<Projected> {
    return this.store.commits.run(() => {
      const row = this.find(id);
      return row?.status === 'rejected' ? unchanged(row) : this.troubled(id, row, 'failed', JSON.stringify(failure));
    });
  }

  revived(topic?: string): Promise<number> {
    return this.store.commits.run(() => Number(this.statements.revive.run(topic ?? null).changes));
  }

  async feedbackRefused(id: string, refusal: Refusal): Promise<void> {
    await this.store.commits.run(() => this.statements.refuse.run(JSON.stringify(refusal), keyOf(id)));
  }

  async known(ids: readonly string[]): Promise<(KnownProblem | undefined)[]> {
    return ids.map((id) => {
      const row = this.find(id);
      return row === undefined ? undefined : knownOf(row);
    });
  }

  async views(ids: readonly string[]): Promise<(ProblemView | undefined)[]> {
    return ids.map((id) => {
      const row = this.find(id);
      return row === undefined ? undefined : viewOf(row, this.statements.labels.all(row.seq) as unknown as LabelRow[]);
    });
  }

  async list({ status, standard, minConfidence, limit, cursor }: ListQuery): Promise<Page<ProblemSummary>> {
    const wanted: [string, string | number | undefined][] = [['status = ?', status], ['code = ?', standard], ['confidence >= ?', minConfidence], ['seq < ?', cursor?.[0]]];
    const given = wanted.filter(([, value]) => value !== undefined);
    const where = given.length === 0 ? '' : ` WHERE ${given.map(([condition]) => condition).join(' AND ')}`;
    const statement = this.prepared(`SELECT seq, problem, status, code, level, confidence, labeled_at FROM gateway_problems${where} ORDER BY seq DESC LIMIT ?`);
    const rows = statement.all(...given.map(([, value]) => value!), limit + 1) as unknown as ListRow[];
    const page = rows.slice(0, limit);
    return { rows: page.map(summaryOf), ...(rows.length > limit ? { next: [page[limit - 1].seq] } : {}) };
  }

  async reviews({ limit, cursor }: Pick<ListQuery, 'limit' | 'cursor'>): Promise<Page<Label>> {
    const statement = this.prepared(`
      SELECT p.seq, p.confidence, l.label FROM gateway_problems p JOIN gateway_labels l ON l.problem = p.seq AND l.revision = p.revision
      WHERE p.status = 'review' AND (p.confidence, p.seq) > (?, ?) ORDER BY p.confidence, p.seq LIMIT ?`);
    const rows = statement.all(cursor?.[0] ?? -1, cursor?.[1] ?? -1, limit + 1) as unknown as { seq: number; confidence: number; label: string }[];
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { rows: page.map(({ label }) => JSON.parse(label) as Label), ...(rows.length > limit && last !== undefined ? { next: [last.confidence, last.seq] } : {}) };
  }

  async countPending(): Promise<number> {
    return (this.statements.count.get() as { pending: number }).pending;
  }

  async deadLetterPositions(): Promise<Map<string, number>> {
    const rows = this.statements.positions.all() as unknown as { partition: string; next: number }[];
    return new Map(rows.map(({ partition, next }) => [partition, next]));
  }

  async keepDeadLetterPositions(positions: ReadonlyMap<string, number>): Promise<void> {
    await this.store.commits.run(() => positions.forEach((next, partition) => this.statements.keepPosition.run(partition, next)));
  }

  private troubled(id: string, row: Row | undefined, status: 'rejected' | 'failed', trouble: string): Projected {
    if (row === undefined) {
      this.statements.add.run(keyOf(id), null, JSON.stringify({ id, content: '' } satisfies Kept), status, trouble);
      return { status, revision: 0, pending: 0, isNews: true };
    }
    if (row.revision > 0) return unchanged(row);
    this.statements.trouble.run(status, trouble, row.seq);
    return { status, revision: 0, pending: row.status === 'pending' ? -1 : 0, isNews: row.status !== status };
  }

  private find(id: string): Row | undefined {
    return this.statements.find.get(keyOf(id)) as unknown as Row | undefined;
  }

  private prepared(sql: string): Statement {
    let statement = this.lists.get(sql);
    if (statement === undefined) this.lists.set(sql, (statement = this.store.database.prepare(sql)));
    return statement;
  }
}

function keyOf(id: string): string {
  return JSON.stringify(id);
}

function unchanged({ status, revision }: Row): Projected {
  return { status, revision, pending: 0, isNews: false };
}

function knownOf({ event_id, problem, status, revision }: Row): KnownProblem {
  return { ...(JSON.parse(problem) as Kept), status, revision, ...(event_id === null ? {} : { eventId: event_id }) };
}

function viewOf(row: Row, labels: readonly LabelRow[]): ProblemView {
  const { status, trouble, refused_feedback: refused } = row;
  return {
    ...knownOf(row),
    ...(labels.length === 0 ? {} : { label: labels.at(-1)!.label }),
    trail: labels.length === 0 ? [] : (JSON.parse(labels[0].trail) as TrailStep[]),
    revisions: labels.map(({ brief }) => JSON.parse(brief) as Revision),
    ...(trouble !== null && status === 'rejected' ? { rejection: JSON.parse(trouble) as Refusal } : {}),
    ...(trouble !== null && status === 'failed' ? { failure: JSON.parse(trouble) as Failure } : {}),
    ...(refused === null ? {} : { refusedFeedback: JSON.parse(refused) as Refusal }),
  };
}

function summaryOf({ problem, status, code, level, confidence, labeled_at: labeledAt }: ListRow): ProblemSummary {
  const { id, content, submittedAt } = JSON.parse(problem) as Kept;
  return {
    id,
    status,
    content,
    ...(code === null || level === null || confidence === null ? {} : { code, level, confidence }),
    ...(submittedAt === undefined ? {} : { submittedAt }),
    ...(labeledAt === null ? {} : { labeledAt }),
  };
}
