export { explain } from './explain.js';
export { type Circumstances, judge, type Judgement } from './judge.js';
export { learnSourceCalibration, recalibrate, type Reviewed, type SourceCalibration } from './source-calibration.js';
export { acceptanceThreshold, type Calibration, DEFAULT_ERROR_TARGET, firstLook, fitCalibration, levelLook, type Look, type Observation, secondLook, SHORT_LIST, type Verdict } from './calibration.js';
export { combine, fitConditionalLogit, softmax } from './conditional-logit.js';
export { fitLogistic, logistic, type LogisticWeights } from './logistic.js';
export { bandMass, formatSourceProfile, learnSourceProfile, sourceIn, sourcePrior, type BandMass, type SourceProfile } from './source-profile.js';
export { formatToldGrade, readToldGrade, toldGradeIn, toldGradePrior, type ToldGrade } from './told-grade.js';
export { type Votes } from './votes.js';
