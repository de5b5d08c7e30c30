import { type MongoCollection, type MongoStore, type MongoTable, mongoText, textOf } from '@math-labeler/storage';
import { BatchStore, type KeptBatch } from './batch.store.js';
import { packQuestions, unpackQuestions } from './packed-questions.js';

interface Fields extends Omit<KeptBatch, 'id' | 'questions'> {
  readonly count: number;
  readonly status: string;
  /** Packed; empty once it is settled. */
  readonly questions: string;
}

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

export const LLM_BATCHES: MongoCollection<Fields> = {
  name: 'llm_batches',
  fields: { model: text, server: text, submittedAt: text, count, estimate: count, file: text, batch: { type: String }, status: text, questions: { type: String } },
  indexes: [{ keys: { status: 1, submittedAt: 1 } }],
};

export class MongoBatchStore extends BatchStore {
  private readonly batches: MongoTable<Fields>;

  constructor(store: MongoStore) {
    super();
    this.batches = store.table(LLM_BATCHES);
  }

  async keep({ id, questions, model, ...told }: KeptBatch): Promise<void> {
    const packed = packQuestions(questions);
    const next = { ...told, model: mongoText(model), count: questions.length, status: 'pending', questions: packed };
    await this.batches.change(id, (current) => ({ next: current === undefined || current.status === 'pending' ? next : undefined, result: undefined }));
  }

  async settle(id: string, status: string): Promise<void> {
    await this.batches.change(id, (current) => ({ next: current === undefined ? undefined : { ...current, status, questions: '' }, result: undefined }));
  }

  async pending(): Promise<KeptBatch[]> {
    const found = await this.batches.find({ status: 'pending' }, { sort: { submittedAt: 1, _id: 1 } });
    return found.map(({ _id, version: _, count: __, status: ___, questions, model, ...told }) => ({ ...told, id: _id, model: textOf(model), questions: unpackQuestions(questions) }));
  }
}
