import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { type LedgerEntry, LedgerStore, type LedgerSum } from './ledger.store.js';
import { COUNTED, dayOf, totalsOf } from './sums.js';

/** Names are JSON, since TEXT ends at U+0000. */
type Named<Row> = Omit<Row, 'model'> & { readonly model: string };

const ENTRY = 'id, at, model, purpose, way, cost, price, input, cachedInput, cacheWrite, output, reasoning';

/** Entry and sum are written in one transaction. */
export class SqliteLedgerStore extends LedgerStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'llm ledger', [`
      CREATE TABLE llm_calls (
        id TEXT PRIMARY KEY, day TEXT NOT NULL, at TEXT NOT NULL, model TEXT NOT NULL, purpose TEXT NOT NULL, way TEXT NOT NULL, cost INTEGER, price TEXT,
        input INTEGER NOT NULL, cachedInput INTEGER NOT NULL, cacheWrite INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX llm_calls_by_time ON llm_calls (at);
      CREATE TABLE llm_sums (
        day TEXT NOT NULL, model TEXT NOT NULL, purpose TEXT NOT NULL, way TEXT NOT NULL, calls INTEGER NOT NULL, unpriced INTEGER NOT NULL, cost INTEGER NOT NULL,
        input INTEGER NOT NULL, cachedInput INTEGER NOT NULL, cacheWrite INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
        PRIMARY KEY (day, model, purpose, way)
      ) STRICT, WITHOUT ROWID;
    `]);
    this.statements = {
      record: database.prepare(`INSERT INTO llm_calls (day, ${ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
      add: database.prepare(`
        INSERT INTO llm_sums (day, model, purpose, way, ${COUNTED.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET ${COUNTED.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}
      `),
      sums: database.prepare(`SELECT day, model, purpose, way, ${COUNTED.join(', ')} FROM llm_sums WHERE day BETWEEN ? AND ? ORDER BY day, model, purpose, way`),
      entries: database.prepare(`SELECT ${ENTRY} FROM llm_calls WHERE at >= ? AND at < ? ORDER BY at, id`),
    };
  }

  async record(entry: LedgerEntry): Promise<void> {
    const { id, at, purpose, way, cost = null, price = null, input, cachedInput, cacheWrite, output, reasoning } = entry;
    const [day, model, totals] = [dayOf(at), JSON.stringify(entry.model), totalsOf(entry)];
    await this.store.commits.run(() => {
      const { changes } = this.statements.record.run(day, id, at, model, purpose, way, cost, price, input, cachedInput, cacheWrite, output, reasoning);
      if (changes > 0) this.statements.add.run(day, model, purpose, way, ...COUNTED.map((name) => totals[name]));
    });
  }

  async sums(from: string, to: string): Promise<LedgerSum[]> {
    return (this.statements.sums.all(from, to) as unknown as Named<LedgerSum>[]).map((row) => ({ ...row, model: JSON.parse(row.model) as string }));
  }

  async entries(from: string, to: string): Promise<LedgerEntry[]> {
    // Of two times on one day, `~` comes behind all that ISO 8601 knows.
    const rows = this.statements.entries.all(from, `${to}~`) as unknown as (Named<Omit<LedgerEntry, 'cost' | 'price'>> & { cost: number | null; price: string | null })[];
    return rows.map(({ cost, price, model, ...row }) => ({ ...row, model: JSON.parse(model) as string, cost: cost ?? undefined, price: price ?? undefined }));
  }
}
