import { z } from 'zod';
import { defineEvent, type EventOf } from './event.js';

const model = z.string().describe('Version of the model');
const dataset = z.string().describe('Version of the data set that it was trained on');
const measures = z.object({ standard: z.number(), level: z.number(), ece: z.number() }).describe('On the evaluation set: share of right standards and levels, expected calibration error');
const measured = { standard: 0.983, level: 0.923, ece: 0.005 };

export const ModelPromoted = defineEvent({
  type: 'model.promoted.v1',
  description: 'A newly trained model proved better and takes over.',
  schema: z.object({ model, dataset, measures, replaces: model.optional() }),
  key: () => 'model',
  isLatestState: true,
  examples: [{ model: '3f2a91c04d77', dataset: '9c1e0b7a5d20', measures: measured, replaces: '0b77a1c93e5f' }],
  consumers: [],
});
export type ModelPromoted = EventOf<typeof ModelPromoted>;

export const ModelRejected = defineEvent({
  type: 'model.rejected.v1',
  description: 'A newly trained model did not prove better, and why.',
  schema: z.object({ model, dataset, measures, reasons: z.array(z.string()) }),
  key: () => 'model',
  isLatestState: true,
  examples: [{ model: '3f2a91c04d77', dataset: '9c1e0b7a5d20', measures: measured, reasons: ['the standard is right less often'] }],
  consumers: [],
});
export type ModelRejected = EventOf<typeof ModelRejected>;

export const ModelRolledBack = defineEvent({
  type: 'model.rolled-back.v1',
  description: 'A model proved worse in use, and the one before it is back.',
  schema: z.object({ model: model.describe('The model that is back'), withdrawn: model, reason: z.string() }),
  key: () => 'model',
  isLatestState: true,
  examples: [{ model: '0b77a1c93e5f', withdrawn: '3f2a91c04d77', reason: 'reviewers correct twice as many labels' }],
  consumers: [],
});
export type ModelRolledBack = EventOf<typeof ModelRolledBack>;
