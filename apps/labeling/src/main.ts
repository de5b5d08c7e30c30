import 'reflect-metadata';
import { requireLabelling } from '@math-labeler/labeler';
import { runProcess, startService } from '@math-labeler/service-kit';
import { LabelingModule } from './labeling.module.js';
import { Voters } from './voters.js';

/** The service in a process of its own. */
const code = await runProcess(process.env, {
  name: 'labeling',
  port: 3003,
  services: ['labeling'],
  needs: ['kafka'],
  asksModel: true,
  collections: [],
  load: ({ dataDir }) => requireLabelling(dataDir),
  start: (platform, labelling, { onFailed }) => startService('labeling', LabelingModule.on(Voters.of(labelling, platform)), platform, onFailed),
});
process.exit(code);
