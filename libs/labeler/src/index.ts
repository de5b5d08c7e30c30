export { composeLabel, type Decided } from './compose-label.js';
export { gatherEvidence } from './evidence.js';
export { type Correction, Labeler, type LabelerParts, type LabelingContext, type Reading } from './labeler.js';
export { type ModelOpening, openModel } from './saved-model.js';
export { trainLabeler, type TrainedLabeler, type TrainingOptions, type TrainingReport } from './train-labeler.js';
export { judgedOf } from './judged.js';
export { leaveOneAuthorOut, type AuthorResult } from './leave-one-author-out.js';
export { castVotes, favourites, fromMessage, toMessage } from './voting.js';
