import { type MongoCollection, type MongoStore, type MongoTable, mongoText, textOf } from '@math-labeler/storage';
import { type Registered, type Submission, SubmissionStore } from './submission.store.js';

interface ProblemFields {
  readonly eventId: string;
  readonly fingerprint: string;
}

interface TextFields {
  /** Id of the first problem of this fingerprint. */
  readonly first: string;
}

export const INGESTION_PROBLEMS: MongoCollection<ProblemFields> = {
  name: 'ingestion_problems',
  fields: { eventId: { type: String, required: true }, fingerprint: { type: String, required: true } },
  indexes: [],
};

export const INGESTION_TEXTS: MongoCollection<TextFields> = { name: 'ingestion_texts', fields: { first: { type: String, required: true } }, indexes: [] };

export class MongoSubmissionStore extends SubmissionStore {
  private readonly problems: MongoTable<ProblemFields>;
  private readonly texts: MongoTable<TextFields>;

  constructor(store: MongoStore) {
    super();
    this.problems = store.table(INGESTION_PROBLEMS);
    this.texts = store.table(INGESTION_TEXTS);
  }

  async register({ id, eventId, fingerprint }: Submission): Promise<Registered> {
    const held = await this.problems.change(mongoText(id), (current) => {
      const kept = current ?? { eventId: mongoText(eventId), fingerprint };
      return { next: current === undefined ? kept : undefined, result: { id, eventId: textOf(kept.eventId), fingerprint: kept.fingerprint } };
    });
    if (held.fingerprint !== fingerprint) return { held, first: (await this.firstOf(fingerprint)) ?? id };
    // Whoever holds the id has these words, and may have been cut off before this: whoever comes again finishes it.
    const first = await this.texts.change(fingerprint, (current) => ({ next: current === undefined ? { first: mongoText(id) } : undefined, result: textOf(current?.first ?? mongoText(id)) }));
    return { held, first };
  }

  private async firstOf(fingerprint: string): Promise<string | undefined> {
    const text = await this.texts.get(fingerprint);
    return text === undefined ? undefined : textOf(text.first);
  }
}
