import 'reflect-metadata';
import { readKnowledge } from '@math-labeler/labeler';
import { runProcess } from '@math-labeler/service-kit';
import { startGateway } from './start-gateway.js';
import { GATEWAY_COLLECTIONS } from './stores/collections.js';

/** The HTTP API in a process of its own. */
const code = await runProcess(process.env, {
  name: 'gateway',
  port: 3000,
  services: ['gateway'],
  needs: ['kafka', 'mongodb'],
  collections: GATEWAY_COLLECTIONS,
  load: readKnowledge,
  start: (platform, { curriculum }, watch) => startGateway(platform, { curriculum, services: () => [], state: () => ({ ready: true }) }, watch),
});
process.exit(code);
