import { type TrailStep } from '@math-labeler/contracts';
import { type ProblemView } from './stores/problem-view.store.js';

/** What the events of the way are called in an answer. */
const STAGES: Readonly<Record<string, string>> = {
  'problem.submitted.v1': 'submitted',
  'problem.ingested.v1': 'ingested',
  'evidence.retrieved.v1': 'retrieved',
  'label.proposed.v1': 'proposed',
  'label.disputed.v1': 'disputed',
  'problem.labeled.v1': 'labeled',
};

export interface Stage {
  readonly stage: string;
  /** ISO 8601. */
  readonly at: string;
  /** Since it was submitted. */
  readonly ms: number;
}

/** Where a client finds a problem. */
export function urlOf(id: string): string {
  return `/api/problems/${encodeURIComponent(id)}`;
}

/** A view as the JSON text that is answered; the label goes into it as it was stored, without being read. */
export function viewJson(view: ProblemView): string {
  const { id, status, content, metadata, submittedAt, label, revisions, rejection, failure, refusedFeedback } = view;
  const head = JSON.stringify({ id, status, url: urlOf(id), content, metadata, submittedAt });
  const tail = JSON.stringify({ stages: stagesOf(view), revisions, rejection, failure, refusedFeedback });
  return `${head.slice(0, -1)},${label === undefined ? '' : `"label":${label},`}${tail.slice(1)}`;
}

/** The way of a problem that is not finished, as far as the client has to know. */
export function pendingJson(id: string): string {
  return JSON.stringify({ id, status: 'pending', url: urlOf(id) });
}

export function stagesOf({ trail, submittedAt }: Pick<ProblemView, 'trail' | 'submittedAt'>): Stage[] {
  const steps: readonly TrailStep[] = trail.length > 0 || submittedAt === undefined ? trail : [{ type: 'problem.submitted.v1', time: submittedAt }];
  const known = steps.filter(({ type }) => type in STAGES);
  const start = Date.parse(known[0]?.time ?? '');
  return known.map(({ type, time }) => ({ stage: STAGES[type], at: time, ms: Math.max(0, Date.parse(time) - start) || 0 }));
}
