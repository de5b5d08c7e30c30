import 'reflect-metadata';
import { requireLabelling } from '@math-labeler/labeler';
import { runProcess, startService } from '@math-labeler/service-kit';
import { ConfidenceAgentModule } from './confidence-agent.module.js';
import { CONFIDENCE_AGENT_COLLECTIONS } from './stores/collections.js';

/** The service in a process of its own. */
const code = await runProcess(process.env, {
  name: 'confidence-agent',
  port: 3004,
  services: ['confidence-agent'],
  needs: ['kafka', 'mongodb'],
  collections: CONFIDENCE_AGENT_COLLECTIONS,
  load: ({ dataDir }) => requireLabelling(dataDir),
  start: (platform, labelling, { onFailed }) => startService('confidence-agent', ConfidenceAgentModule.on(platform, labelling), platform, onFailed),
});
process.exit(code);
