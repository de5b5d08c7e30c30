import { type Label } from '@math-labeler/contracts';
import { type Settled } from '@math-labeler/labeler';
import { type MongoCollection, type MongoStore, type MongoTable, mongoText, textOf } from '@math-labeler/storage';
import { type Decision, DecisionStore } from './decision.store.js';

interface DecisionFields {
  readonly eventId: string;
  readonly category: Label['category'];
  readonly decision: string;
  readonly confidence: number;
  /** JSON: text from outside may hold what BSON cannot. */
  readonly label: string;
}

interface ReviewFields {
  readonly revision: number;
  /** JSON. */
  readonly settled: string;
}

const text = { type: String, required: true } as const;

export const CONFIDENCE_DECISIONS: MongoCollection<DecisionFields> = {
  name: 'confidence_decisions',
  fields: {
    eventId: text,
    category: { type: { 대분류: text, 중분류: text, '하위 분류': text }, required: true, _id: false },
    decision: text,
    confidence: { type: Number, required: true },
    label: text,
  },
  indexes: [{ keys: { 'category.대분류': 1, 'category.중분류': 1 } }, { keys: { 'category.하위 분류': 1 } }],
};

export const CONFIDENCE_REVIEWS: MongoCollection<ReviewFields> = { name: 'confidence_reviews', fields: { revision: { type: Number, required: true }, settled: text }, indexes: [] };

export class MongoDecisionStore extends DecisionStore {
  private readonly decisions: MongoTable<DecisionFields>;
  private readonly reviews: MongoTable<ReviewFields>;

  constructor(store: MongoStore) {
    super();
    this.decisions = store.table(CONFIDENCE_DECISIONS);
    this.reviews = store.table(CONFIDENCE_REVIEWS);
  }

  async decided(problemId: string): Promise<Decision | undefined> {
    const kept = await this.decisions.get(mongoText(problemId));
    return kept === undefined ? undefined : decisionOf(kept);
  }

  decide(decision: Decision): Promise<Decision> {
    const { eventId, label } = decision;
    const { category, confidence } = label;
    const told: DecisionFields = { eventId: mongoText(eventId), category, decision: label.decision, confidence, label: JSON.stringify(label) };
    return this.decisions.change(mongoText(label.id), (current) => (current === undefined ? { next: told, result: decision } : { result: decisionOf(current) }));
  }

  async settled(problemId: string): Promise<Settled | undefined> {
    const kept = await this.reviews.get(mongoText(problemId));
    return kept === undefined ? undefined : (JSON.parse(kept.settled) as Settled);
  }

  async settle(problemId: string, settled: Settled): Promise<void> {
    const told: ReviewFields = { revision: settled.revision, settled: JSON.stringify(settled) };
    await this.reviews.change(mongoText(problemId), (current) => ({ next: current === undefined || current.revision < told.revision ? told : undefined, result: undefined }));
  }
}

function decisionOf({ eventId, label }: DecisionFields): Decision {
  return { eventId: textOf(eventId), label: JSON.parse(label) as Label };
}
