export { LabelingModule } from './labeling.module.js';
export { Voters } from './voters.js';
