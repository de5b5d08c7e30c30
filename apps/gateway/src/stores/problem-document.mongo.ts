import { type Label, type TrailStep } from '@math-labeler/contracts';
import { type Change, type MongoCollection, mongoText, textOf } from '@math-labeler/storage';
import {
  type Failure, type KnownProblem, type LabeledProblem, type ProblemView, type Projected, type Refusal, type Rejection, type Revision, type Status, STATUSES, type SubmittedProblem,
} from './problem-view.store.js';

/** Text from outside lies within JSON, which holds what BSON cannot; beside it what is asked for. */
export interface ProblemFields {
  /** In the order in which problems became known. */
  readonly seq?: number;
  readonly eventId?: string;
  /** JSON of `Kept`. */
  readonly problem: string;
  readonly status: Status;
  readonly revision: number;
  readonly code?: string;
  readonly level?: string;
  readonly category?: Label['category'];
  readonly confidence?: number;
  readonly labeledAt?: string;
  /** JSON of the label that holds. */
  readonly label?: string;
  /** JSON of the trail of the earliest revision. */
  readonly trail?: string;
  /** In order, each with its JSON. */
  readonly revisions?: readonly { readonly revision: number; readonly brief: string }[];
  /** Why it has no label, as JSON, and the topic that it failed in. */
  readonly trouble?: { readonly topic?: string; readonly told: string };
  /** JSON. */
  readonly refusedFeedback?: string;
}

/** The part of a problem that is kept as JSON. */
export interface Kept {
  readonly id: string;
  readonly content: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly submittedAt?: string;
}

const text = { type: String, required: true } as const;

export const GATEWAY_PROBLEMS: MongoCollection<ProblemFields> = {
  name: 'gateway_problems',
  numbered: 'seq',
  fields: {
    seq: { type: Number, required: true },
    eventId: String,
    problem: text,
    status: { ...text, enum: [...STATUSES] },
    revision: { type: Number, required: true },
    code: String,
    level: String,
    category: { type: { 대분류: text, 중분류: text, '하위 분류': text }, _id: false },
    confidence: Number,
    labeledAt: String,
    label: String,
    trail: String,
    revisions: { type: [{ revision: { type: Number, required: true }, brief: text, _id: false }], default: undefined },
    trouble: { type: { topic: String, told: text }, _id: false },
    refusedFeedback: String,
  },
  indexes: [
    { keys: { seq: -1 }, unique: true },
    { keys: { status: 1, seq: -1 } },
    { keys: { code: 1, seq: -1 }, where: { code: { $exists: true } } },
    { keys: { confidence: 1, seq: 1 }, where: { status: 'review' } },
    { keys: { 'category.대분류': 1, 'category.중분류': 1 }, where: { code: { $exists: true } } },
    { keys: { 'category.하위 분류': 1 }, where: { code: { $exists: true } } },
  ],
};

const SUBMITTED = 'problem.submitted.v1';

type Projection = Change<ProblemFields, Projected>;
type Current = ProblemFields | undefined;

export function afterSubmission(current: Current, { id, eventId, content, metadata, at }: SubmittedProblem): Projection {
  const problem = JSON.stringify({ id, content, ...(metadata === undefined ? {} : { metadata }), submittedAt: at } satisfies Kept);
  if (current === undefined) return { next: { eventId: mongoText(eventId), problem, status: 'pending', revision: 0 }, result: { status: 'pending', revision: 0, pending: 1, isNews: true } };
  // The first submission under an id is the problem; the others are turned away.
  return { next: current.eventId === undefined ? { ...current, eventId: mongoText(eventId), problem } : undefined, result: unchanged(current) };
}

export function afterLabel(current: Current, { label, at, trail }: LabeledProblem): Projection {
  const { id, content, metadata, revision, code, level, category, confidence, decision, decidedBy, reviewer, contested } = label;
  const submittedAt = trail.find(({ type }) => type === SUBMITTED)?.time;
  const before: ProblemFields = current ?? { problem: JSON.stringify({ id, content, metadata, submittedAt } satisfies Kept), status: decision, revision: 0 };
  const known = before.revisions ?? [];
  if (known.some((one) => one.revision === revision)) return { result: unchanged(before) };
  const brief = JSON.stringify({ revision, code, level, decision, decidedBy, reviewer, contested, at } satisfies Revision);
  const isFirst = known.every((one) => one.revision > revision);
  const next: ProblemFields = {
    ...before,
    revisions: [...known, { revision, brief }].sort((a, b) => a.revision - b.revision),
    ...(isFirst ? { trail: JSON.stringify([...trail, { type: 'problem.labeled.v1', time: at }]) } : {}),
  };
  if (revision <= before.revision) return { next, result: { ...unchanged(before), isNews: true } };
  return {
    next: { ...next, status: decision, revision, code, level, category, confidence, labeledAt: at, label: JSON.stringify(label), trouble: undefined },
    result: { status: decision, revision, pending: current?.status === 'pending' ? -1 : 0, isNews: true },
  };
}

export function afterRejection(current: Current, { id, submittedBy, ...refusal }: Rejection): Projection {
  const isAboutAnother = current?.eventId !== undefined && submittedBy !== undefined && textOf(current.eventId) !== submittedBy;
  return isAboutAnother ? { result: unchanged(current) } : troubled(current, id, 'rejected', { told: JSON.stringify(refusal) });
}

export function afterFailure(current: Current, id: string, failure: Failure): Projection {
  return current?.status === 'rejected' ? { result: unchanged(current) } : troubled(current, id, 'failed', { topic: failure.topic, told: JSON.stringify(failure) });
}

function troubled(current: Current, id: string, status: 'rejected' | 'failed', trouble: ProblemFields['trouble']): Projection {
  if (current === undefined) return { next: { problem: JSON.stringify({ id, content: '' } satisfies Kept), status, revision: 0, trouble }, result: { status, revision: 0, pending: 0, isNews: true } };
  if (current.revision > 0) return { result: unchanged(current) };
  return { next: { ...current, status, trouble }, result: { status, revision: 0, pending: current.status === 'pending' ? -1 : 0, isNews: current.status !== status } };
}

function unchanged({ status, revision }: ProblemFields): Projected {
  return { status, revision, pending: 0, isNews: false };
}

export function knownOf({ eventId, problem, status, revision }: ProblemFields): KnownProblem {
  return { ...(JSON.parse(problem) as Kept), status, revision, ...(eventId === undefined ? {} : { eventId: textOf(eventId) }) };
}

export function viewOf(document: ProblemFields): ProblemView {
  const { status, label, trail, revisions = [], trouble, refusedFeedback } = document;
  return {
    ...knownOf(document),
    ...(label === undefined ? {} : { label }),
    trail: trail === undefined ? [] : (JSON.parse(trail) as TrailStep[]),
    revisions: revisions.map(({ brief }) => JSON.parse(brief) as Revision),
    ...(trouble !== undefined && status === 'rejected' ? { rejection: JSON.parse(trouble.told) as Refusal } : {}),
    ...(trouble !== undefined && status === 'failed' ? { failure: JSON.parse(trouble.told) as Failure } : {}),
    ...(refusedFeedback === undefined ? {} : { refusedFeedback: JSON.parse(refusedFeedback) as Refusal }),
  };
}
