export { attributesOf, type Headers, headersOf } from './cloud-events.js';
export { deadLetterNameOf, deadLetterTopic, defineEvent, type Event, type EventContract, type EventOf, type NewEvent, originOf, type Service, SERVICES, type TopicSettings, type TrailStep } from './event.js';
export { EVENTS } from './events.js';
export { type Feedback, feedback, FeedbackRecorded, FeedbackRejected, FeedbackSubmitted } from './feedback-events.js';
export { derivedId } from './ids.js';
export { EvidenceRetrieved, type Label, label, LabelDisputed, LabelProposed, ProblemLabeled, ReviewRequested } from './label-events.js';
export { ModelPromoted, ModelRejected, ModelRolledBack } from './model-events.js';
export { type Alternative, type ContextNote, type Evidence, type LabelResult, labelResult, type Problem, type Versions, type VoterFavourites, type VotesMessage } from './parts.js';
export { ProblemIngested, ProblemRejected, ProblemSubmitted, type Submission, submission } from './problem-events.js';
