import { type Label } from '@math-labeler/contracts';
import { type MongoCollection, MongoSequence, type MongoStore, type MongoTable, mongoText, type Placed, SEQUENCE_FIELDS, SEQUENCE_INDEXES } from '@math-labeler/storage';
import { type Review, ReviewStore } from './review.store.js';

interface LabelFields {
  /** JSON: text from outside may hold what BSON cannot. */
  readonly label: string;
}

/** The list is the problem, an answer's name in it the event that brought it. */
interface ReviewFields extends Placed {
  readonly reviewer: string;
  readonly code: string;
  readonly level: string;
  /** JSON. */
  readonly review: string;
}

const text = { type: String, required: true } as const;

export const FEEDBACK_LABELS: MongoCollection<LabelFields> = { name: 'feedback_labels', fields: { label: text }, indexes: [] };

export const FEEDBACK_REVIEWS: MongoCollection<ReviewFields> = {
  name: 'feedback_reviews',
  fields: { ...SEQUENCE_FIELDS, reviewer: text, code: text, level: text, review: text },
  indexes: [...SEQUENCE_INDEXES, { keys: { reviewer: 1 } }, { keys: { code: 1 } }],
};

export class MongoReviewStore extends ReviewStore {
  private readonly labels: MongoTable<LabelFields>;
  private readonly reviews: MongoSequence<ReviewFields>;

  constructor(store: MongoStore) {
    super();
    this.labels = store.table(FEEDBACK_LABELS);
    this.reviews = new MongoSequence(store.table(FEEDBACK_REVIEWS));
  }

  async keepLabel(label: Label): Promise<void> {
    const told = { label: JSON.stringify(label) };
    await this.labels.change(mongoText(label.id), (current) => ({ next: current === undefined ? told : undefined, result: undefined }));
  }

  async label(problemId: string): Promise<Label | undefined> {
    const kept = await this.labels.get(mongoText(problemId));
    return kept === undefined ? undefined : (JSON.parse(kept.label) as Label);
  }

  async answer(review: Review): Promise<Review[]> {
    const { eventId, problemId, reviewer, code, level } = review;
    const told = { reviewer: mongoText(reviewer), code, level, review: JSON.stringify({ eventId, problemId, reviewer, code, level } satisfies Review) };
    const { place } = await this.reviews.append(problemId, eventId, told);
    return this.read(problemId, place);
  }

  async answers(problemId: string): Promise<Review[]> {
    return this.read(problemId);
  }

  private async read(problemId: string, place?: number): Promise<Review[]> {
    return (await this.reviews.upTo(problemId, place)).map(({ review }) => JSON.parse(review) as Review);
  }
}
