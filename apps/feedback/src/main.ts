import 'reflect-metadata';
import { readKnowledge } from '@math-labeler/labeler';
import { runProcess, startService } from '@math-labeler/service-kit';
import { FeedbackModule } from './feedback.module.js';
import { FEEDBACK_COLLECTIONS } from './stores/collections.js';

/** The service in a process of its own. */
const code = await runProcess(process.env, {
  name: 'feedback',
  port: 3005,
  services: ['feedback'],
  needs: ['kafka', 'mongodb'],
  collections: FEEDBACK_COLLECTIONS,
  load: readKnowledge,
  start: (platform, { curriculum }, { onFailed }) => startService('feedback', FeedbackModule.on(platform, curriculum), platform, onFailed),
});
process.exit(code);
