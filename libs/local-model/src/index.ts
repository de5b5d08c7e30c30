export { ArtefactError, decodeArtefact, encodeArtefact, type Artefact, type ArtefactInfo } from './artefact.js';
export { blockFeatures, consistentStandards, hashedBlocks, hashFeature, type BlockName } from './features/blocks.js';
export { hashedCorpus } from './hashed-corpus.js';
export { LEVEL_SCORES, LocalModel, type LocalScores, type ModelArrays, type Signal } from './local-model.js';
export { neighbourVote } from './neighbour-voter.js';
export { RECIPE_VERSION, TEXT_WEIGHTS } from './recipe.js';
export { scoreFold, trainModel } from './train-model.js';
export { type HeldOutScores, type JobResult, modelOf, runTrainingJobs, type TrainingJob } from './training-jobs.js';
export { BLOCKS, NONE, type TrainingSet } from './training-set.js';
