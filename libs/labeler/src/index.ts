export { type Alternative, type ContextNote, type ExampleEvidence, type LabelResult, type StandardEvidence, type Versions } from './label-result.js';
export { type Correction, Labeler, type LabelerParts, type LabelingContext, type Reading } from './labeler.js';
export { trainLabeler, type TrainedLabeler, type TrainingOptions, type TrainingReport } from './train-labeler.js';
export { judgedOf } from './judged.js';
export { leaveOneAuthorOut, type AuthorResult } from './leave-one-author-out.js';
