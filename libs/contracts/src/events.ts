import { type EventContract } from './event.js';
import { FeedbackRecorded, FeedbackRejected, FeedbackSubmitted } from './feedback-events.js';
import { EvidenceRetrieved, LabelDisputed, LabelProposed, ProblemLabeled, ReviewRequested } from './label-events.js';
import { ModelPromoted, ModelRejected, ModelRolledBack } from './model-events.js';
import { ProblemIngested, ProblemRejected, ProblemSubmitted } from './problem-events.js';

/** Every event there is, in the order of the flow. */
export const EVENTS: readonly EventContract[] = [
  ProblemSubmitted,
  ProblemRejected,
  ProblemIngested,
  EvidenceRetrieved,
  LabelProposed,
  LabelDisputed,
  ReviewRequested,
  ProblemLabeled,
  FeedbackSubmitted,
  FeedbackRecorded,
  FeedbackRejected,
  ModelPromoted,
  ModelRejected,
  ModelRolledBack,
];
