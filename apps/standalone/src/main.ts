import 'reflect-metadata';
import { CONFIDENCE_AGENT_COLLECTIONS } from '@math-labeler/confidence-agent';
import { SERVICES } from '@math-labeler/contracts';
import { FEEDBACK_COLLECTIONS } from '@math-labeler/feedback';
import { GATEWAY_COLLECTIONS } from '@math-labeler/gateway';
import { INGESTION_COLLECTIONS } from '@math-labeler/ingestion';
import { KNOWLEDGE_COLLECTIONS } from '@math-labeler/knowledge-base';
import { RETRIEVAL_COLLECTIONS } from '@math-labeler/retrieval';
import { runProcess } from '@math-labeler/service-kit';
import { announce, sayTraining } from './announce.js';
import { Standalone } from './standalone.js';

/** `npm start`: everything in one process, until it is told to end. Resolves with the exit code. */
export function main(env: NodeJS.ProcessEnv): Promise<number> {
  return runProcess(env, {
    name: 'math-labeler',
    port: 3000,
    services: SERVICES,
    needs: ['kafka', 'mongodb', 'elasticsearch'],
    mayEmbed: true,
    collections: [...INGESTION_COLLECTIONS, ...RETRIEVAL_COLLECTIONS, ...CONFIDENCE_AGENT_COLLECTIONS, ...FEEDBACK_COLLECTIONS, ...GATEWAY_COLLECTIONS, ...KNOWLEDGE_COLLECTIONS],
    load: async () => undefined,
    start: async (platform, _loaded, watch) => {
      const standalone = await Standalone.start({ platform, onTraining: sayTraining, ...watch });
      standalone.ready.then(() => announce(standalone.address, platform.settings), watch.onFailed);
      return standalone;
    },
  });
}
