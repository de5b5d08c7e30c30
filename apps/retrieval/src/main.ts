import 'reflect-metadata';
import { readKnowledge } from '@math-labeler/labeler';
import { runProcess, startService } from '@math-labeler/service-kit';
import { RetrievalModule } from './retrieval.module.js';
import { RETRIEVAL_COLLECTIONS } from './stores/collections.js';

/** The service in a process of its own. */
const code = await runProcess(process.env, {
  name: 'retrieval',
  port: 3002,
  services: ['retrieval'],
  needs: ['kafka', 'mongodb', 'elasticsearch'],
  collections: RETRIEVAL_COLLECTIONS,
  load: readKnowledge,
  start: (platform, knowledge, { onFailed }) => startService('retrieval', RetrievalModule.on(platform, knowledge), platform, onFailed),
});
process.exit(code);
