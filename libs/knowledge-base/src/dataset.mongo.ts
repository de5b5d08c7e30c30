import { type AnyCollection, type MongoCollection, type MongoStore, type MongoTable } from '@math-labeler/storage';
import { DatasetStore } from './dataset-store.js';
import { type DatasetMove, type DatasetVersion, SHIPPED } from './dataset-version.js';
import { type LabelledRow } from './labelled-row.js';

/** One document, so that a move is one atomic update. */
interface HistoryFields {
  readonly moves: readonly DatasetMove[];
}

type VersionFields = Omit<DatasetVersion, 'id'>;

interface RowFields extends LabelledRow {
  readonly delta: string;
}

const text = { type: String, required: true } as const;
/** Where there may be nothing to say. */
const words = { type: String } as const;
const count = { type: Number, required: true } as const;
const list = { type: Array, required: true } as const;
const object = { type: Object, required: true } as const;

export const KNOWLEDGE_HISTORY: MongoCollection<HistoryFields> = { name: 'knowledge_history', fields: { moves: list }, indexes: [] };

export const KNOWLEDGE_VERSIONS: MongoCollection<VersionFields> = {
  name: 'knowledge_versions',
  fields: { parent: text, delta: text, at: text, sources: list, added: count, relabelled: count, rows: count, found: object, beside: text },
  indexes: [],
};

export const KNOWLEDGE_ROWS: MongoCollection<RowFields> = {
  name: 'knowledge_rows',
  fields: {
    delta: text,
    key: text,
    id: text,
    content: text,
    code: text,
    level: text,
    category: { 대분류: text, 중분류: text, '하위 분류': text },
    grade: text,
    type: words,
    source: text,
  },
  indexes: [{ keys: { delta: 1, key: 1 }, unique: true }, { keys: { 'category.하위 분류': 1 } }, { keys: { id: 1 } }],
};

const HISTORY = 'imported';

/** What is kept in MongoDB, for `mathlabel db migrate`. */
export const KNOWLEDGE_COLLECTIONS: readonly AnyCollection[] = [KNOWLEDGE_HISTORY, KNOWLEDGE_VERSIONS, KNOWLEDGE_ROWS];

export class MongoDatasetStore extends DatasetStore {
  private readonly histories: MongoTable<HistoryFields>;
  private readonly versions: MongoTable<VersionFields>;
  private readonly keptRows: MongoTable<RowFields>;

  constructor(store: MongoStore) {
    super();
    this.histories = store.table(KNOWLEDGE_HISTORY);
    this.versions = store.table(KNOWLEDGE_VERSIONS);
    this.keptRows = store.table(KNOWLEDGE_ROWS);
  }

  async history(): Promise<DatasetMove[]> {
    return [...((await this.histories.get(HISTORY))?.moves ?? [])];
  }

  move(move: DatasetMove): Promise<boolean> {
    return this.histories.change(HISTORY, (current) => {
      const moves = current?.moves ?? [];
      const isNext = (moves.at(-1)?.to ?? SHIPPED) === move.from;
      return { next: isNext ? { moves: [...moves, move] } : undefined, result: isNext };
    });
  }

  async keepVersion({ id, ...version }: DatasetVersion): Promise<void> {
    await this.versions.change(id, (current) => ({ next: current === undefined ? version : undefined, result: undefined }));
  }

  async version(id: string): Promise<DatasetVersion | undefined> {
    const kept = await this.versions.get(id);
    if (kept === undefined) return undefined;
    const { _id, version: _, ...version } = kept;
    return { ...version, id: _id };
  }

  async keepRows(delta: string, rows: readonly LabelledRow[]): Promise<void> {
    const keep = (row: LabelledRow): Promise<void> =>
      this.keptRows.change(`${delta}:${row.key}`, (current) => ({ next: current === undefined ? { ...row, delta } : undefined, result: undefined }));
    await Promise.all(rows.map(keep));
  }

  async rows(delta: string, after: string, limit: number): Promise<LabelledRow[]> {
    const kept = await this.keptRows.find({ delta, key: { $gt: after } }, { sort: { key: 1 }, limit });
    return kept.map(({ key, id, content, code, level, category, grade, type, source }) => ({ key, id, content, code, level, category, grade, type, source }));
  }
}
