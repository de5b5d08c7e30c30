import 'reflect-metadata';
import { runProcess, startService } from '@math-labeler/service-kit';
import { IngestionModule } from './ingestion.module.js';
import { INGESTION_COLLECTIONS } from './stores/collections.js';

/** The service in a process of its own. */
const code = await runProcess(process.env, {
  name: 'ingestion',
  port: 3001,
  services: ['ingestion'],
  needs: ['kafka', 'mongodb'],
  collections: INGESTION_COLLECTIONS,
  load: async () => undefined,
  start: (platform, _loaded, { onFailed }) => startService('ingestion', IngestionModule.on(platform), platform, onFailed),
});
process.exit(code);
