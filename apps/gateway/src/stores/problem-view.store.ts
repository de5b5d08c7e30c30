import { type Label, type TrailStep } from '@math-labeler/contracts';
import { type Bilingual } from '@math-labeler/curriculum';

export const STATUSES = ['pending', 'accepted', 'corrected', 'review', 'rejected', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

/** A problem as it was first submitted. */
export interface SubmittedProblem {
  readonly id: string;
  /** Of the event that brought it. */
  readonly eventId: string;
  readonly content: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly at: string;
}

export interface LabeledProblem {
  readonly label: Label;
  /** ISO 8601. */
  readonly at: string;
  readonly trail: readonly TrailStep[];
}

export interface Refusal {
  readonly code: string;
  readonly field?: string;
  readonly reason: Bilingual;
}

export interface Rejection extends Refusal {
  readonly id: string;
  /** Of the event that was rejected. */
  readonly submittedBy?: string;
}

/** A dead letter about a problem. */
export interface Failure {
  readonly code: string;
  readonly reason: string;
  readonly service: string;
  /** That it came from. */
  readonly topic: string;
}

/** One revision of a label, in brief. */
export interface Revision {
  readonly revision: number;
  readonly code: string;
  readonly level: string;
  readonly decision: string;
  readonly decidedBy: string;
  readonly reviewer?: string;
  readonly contested?: boolean;
  readonly at: string;
}

/** What a change of the read model made of a problem. */
export interface Projected {
  readonly status: Status;
  /** Of the label that holds; 0 without one. */
  readonly revision: number;
  /** By how much the number of pending problems has changed. */
  readonly pending: -1 | 0 | 1;
  /** Whether it told anything new. */
  readonly isNews: boolean;
}

export interface KnownProblem {
  readonly id: string;
  readonly status: Status;
  readonly revision: number;
  /** Undefined as long as the submission itself was not seen. */
  readonly eventId?: string;
  readonly content: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly submittedAt?: string;
}

export interface ProblemView extends KnownProblem {
  /** JSON text of the label that holds: it goes out as it was stored. */
  readonly label?: string;
  /** How the first label came about, with the event of that label itself. */
  readonly trail: readonly TrailStep[];
  readonly revisions: readonly Revision[];
  readonly rejection?: Refusal;
  readonly failure?: Failure;
  /** The last answer of a reviewer that could not be used. */
  readonly refusedFeedback?: Refusal;
}

export interface ProblemSummary {
  readonly id: string;
  readonly status: Status;
  readonly content: string;
  readonly code?: string;
  readonly level?: string;
  readonly confidence?: number;
  readonly submittedAt?: string;
  readonly labeledAt?: string;
}

export interface ListQuery {
  readonly status?: Status;
  /** Code of a standard. */
  readonly standard?: string;
  readonly minConfidence?: number;
  readonly limit: number;
  /** Of the page before. */
  readonly cursor?: readonly number[];
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; undefined on the last one. */
  readonly next?: readonly number[];
}

/** The read model: what the events have told of each problem. Each write is an upsert that may come twice and in any order. */
export abstract class ProblemViewStore {
  abstract submitted(problem: SubmittedProblem): Promise<Projected>;
  /** A label holds unless one of a higher revision is known. */
  abstract labeled(problem: LabeledProblem): Promise<Projected>;
  /** Changes nothing where the problem has a label, or where the rejection is about another submission under its id. */
  abstract rejected(rejection: Rejection): Promise<Projected>;
  /** Changes nothing where the problem has a label or was rejected. */
  abstract failed(id: string, failure: Failure): Promise<Projected>;
  /** Failed problems whose letters were put back (those of one topic, or all) are pending again; gives how many. */
  abstract revived(topic?: string): Promise<number>;
  /** Keeps the refusal with the problem, where that is known. */
  abstract feedbackRefused(id: string, refusal: Refusal): Promise<void>;

  /** In the order of the ids; undefined for those that nothing is known of. */
  abstract known(ids: readonly string[]): Promise<readonly (KnownProblem | undefined)[]>;
  abstract views(ids: readonly string[]): Promise<readonly (ProblemView | undefined)[]>;
  /** Newest first. */
  abstract list(query: ListQuery): Promise<Page<ProblemSummary>>;
  /** Labels that a person should look at, least certain first. */
  abstract reviews(query: Pick<ListQuery, 'limit' | 'cursor'>): Promise<Page<Label>>;
  abstract countPending(): Promise<number>;

  /** How far the dead letters were read: the next offset of each partition, by `topic partition`. */
  abstract deadLetterPositions(): Promise<ReadonlyMap<string, number>>;
  abstract keepDeadLetterPositions(positions: ReadonlyMap<string, number>): Promise<void>;
}
