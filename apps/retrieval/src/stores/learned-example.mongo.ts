import { type Level } from '@math-labeler/curriculum';
import { type MongoCollection, type MongoStore, type MongoTable, mongoText, textOf } from '@math-labeler/storage';
import { type LearnedExample, LearnedExampleStore } from './learned-example.store.js';

interface Fields {
  readonly revision: number;
  readonly text: string;
  readonly code: string;
  readonly level: Level;
  readonly contested: boolean;
}

export const RETRIEVAL_LEARNED: MongoCollection<Fields> = {
  name: 'retrieval_learned',
  fields: {
    revision: { type: Number, required: true },
    text: { type: String, required: true },
    code: { type: String, required: true },
    level: { type: String, required: true },
    contested: { type: Boolean, required: true },
  },
  indexes: [{ keys: { code: 1 } }],
};

export class MongoLearnedExampleStore extends LearnedExampleStore {
  private readonly learned: MongoTable<Fields>;

  constructor(store: MongoStore) {
    super();
    this.learned = store.table(RETRIEVAL_LEARNED);
  }

  learn({ id, revision, text, code, level, contested }: LearnedExample): Promise<LearnedExample> {
    const told: Fields = { revision, text: mongoText(text), code, level, contested };
    return this.learned.change(mongoText(id), (current) => {
      const isNews = current === undefined || current.revision < revision;
      return { next: isNews ? told : undefined, result: exampleOf(mongoText(id), isNews ? told : current) };
    });
  }

  async all(): Promise<LearnedExample[]> {
    return (await this.learned.find({}, { sort: { _id: 1 } })).map((document) => exampleOf(document._id, document));
  }
}

function exampleOf(key: string, { revision, text, code, level, contested }: Fields): LearnedExample {
  return { id: textOf(key), revision, text: textOf(text), code, level, contested };
}
