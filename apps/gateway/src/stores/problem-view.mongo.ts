import { type Label } from '@math-labeler/contracts';
import { type MongoCollection, type MongoStore, type MongoTable, mongoText } from '@math-labeler/storage';
import { afterFailure, afterLabel, afterRejection, afterSubmission, GATEWAY_PROBLEMS, type Kept, knownOf, type ProblemFields, viewOf } from './problem-document.mongo.js';
import {
  type Failure, type KnownProblem, type LabeledProblem, type ListQuery, type Page, type ProblemSummary, type ProblemView, ProblemViewStore, type Projected, type Refusal, type Rejection,
  type SubmittedProblem,
} from './problem-view.store.js';

interface PositionFields {
  readonly next: number;
}

export const GATEWAY_DEAD_LETTER_POSITIONS: MongoCollection<PositionFields> = { name: 'gateway_dead_letter_positions', fields: { next: { type: Number, required: true } }, indexes: [] };

const LISTED = ['seq', 'problem', 'status', 'code', 'level', 'confidence', 'labeledAt'] as const;

export class MongoProblemViewStore extends ProblemViewStore {
  private readonly problems: MongoTable<ProblemFields>;
  private readonly positions: MongoTable<PositionFields>;

  constructor(store: MongoStore) {
    super();
    this.problems = store.table(GATEWAY_PROBLEMS);
    this.positions = store.table(GATEWAY_DEAD_LETTER_POSITIONS);
  }

  submitted(problem: SubmittedProblem): Promise<Projected> {
    return this.problems.change(mongoText(problem.id), (current) => afterSubmission(current, problem));
  }

  labeled(problem: LabeledProblem): Promise<Projected> {
    return this.problems.change(mongoText(problem.label.id), (current) => afterLabel(current, problem));
  }

  rejected(rejection: Rejection): Promise<Projected> {
    return this.problems.change(mongoText(rejection.id), (current) => afterRejection(current, rejection));
  }

  failed(id: string, failure: Failure): Promise<Projected> {
    return this.problems.change(mongoText(id), (current) => afterFailure(current, id, failure));
  }

  revived(topic?: string): Promise<number> {
    return this.problems.changeAll({ status: 'failed', ...(topic === undefined ? {} : { 'trouble.topic': topic }) }, { status: 'pending', trouble: undefined });
  }

  async feedbackRefused(id: string, refusal: Refusal): Promise<void> {
    const refusedFeedback = JSON.stringify(refusal);
    await this.problems.change(mongoText(id), (current) => ({ next: current === undefined || current.refusedFeedback === refusedFeedback ? undefined : { ...current, refusedFeedback }, result: undefined }));
  }

  async known(ids: readonly string[]): Promise<(KnownProblem | undefined)[]> {
    return (await this.problems.getAll(ids.map(mongoText))).map((document) => (document === undefined ? undefined : knownOf(document)));
  }

  async views(ids: readonly string[]): Promise<(ProblemView | undefined)[]> {
    return (await this.problems.getAll(ids.map(mongoText))).map((document) => (document === undefined ? undefined : viewOf(document)));
  }

  async list({ status, standard, minConfidence, limit, cursor }: ListQuery): Promise<Page<ProblemSummary>> {
    const filter = {
      ...(status === undefined ? {} : { status }),
      ...(standard === undefined ? {} : { code: standard }),
      ...(minConfidence === undefined ? {} : { confidence: { $gte: minConfidence } }),
      ...(cursor === undefined ? {} : { seq: { $lt: cursor[0] } }),
    };
    const documents = await this.problems.select(filter, LISTED, { sort: { seq: -1 }, limit: limit + 1 });
    const page = documents.slice(0, limit);
    return { rows: page.map(summaryOf), ...(documents.length > limit ? { next: [page[limit - 1].seq!] } : {}) };
  }

  async reviews({ limit, cursor }: Pick<ListQuery, 'limit' | 'cursor'>): Promise<Page<Label>> {
    const after = cursor === undefined ? {} : { $or: [{ confidence: { $gt: cursor[0] } }, { confidence: cursor[0], seq: { $gt: cursor[1] } }] };
    const documents = await this.problems.select({ status: 'review', ...after }, ['seq', 'confidence', 'label'], { sort: { confidence: 1, seq: 1 }, limit: limit + 1 });
    const page = documents.slice(0, limit);
    const last = page.at(-1);
    return { rows: page.map(({ label }) => JSON.parse(label!) as Label), ...(documents.length > limit && last !== undefined ? { next: [last.confidence!, last.seq!] } : {}) };
  }

  countPending(): Promise<number> {
    return this.problems.count({ status: 'pending' });
  }

  async deadLetterPositions(): Promise<Map<string, number>> {
    return new Map((await this.positions.find({})).map(({ _id, next }) => [_id, next]));
  }

  /** Of several gateways that read the same letters, the one that is furthest is right. */
  async keepDeadLetterPositions(positions: ReadonlyMap<string, number>): Promise<void> {
    await Promise.all(
      [...positions].map(([partition, next]) => this.positions.change(partition, (current) => ({ next: current === undefined || current.next < next ? { next } : undefined, result: undefined }))),
    );
  }
}

function summaryOf({ problem, status, code, level, confidence, labeledAt }: Pick<ProblemFields, (typeof LISTED)[number]>): ProblemSummary {
  const { id, content, submittedAt } = JSON.parse(problem) as Kept;
  return {
    id,
    status,
    content,
    ...(code === undefined || level === undefined || confidence === undefined ? {} : { code, level, confidence }),
    ...(submittedAt === undefined ? {} : { submittedAt }),
    ...(labeledAt === undefined ? {} : { labeledAt }),
  };
}
