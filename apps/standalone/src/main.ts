import 'reflect-metadata';
import { SERVICES } from '@math-labeler/contracts';
import { runProcess } from '@math-labeler/service-kit';
import { ALL_COLLECTIONS } from './all-collections.js';
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
    asksModel: true,
    collections: ALL_COLLECTIONS,
    load: async () => undefined,
    start: async (platform, _loaded, watch) => {
      const standalone = await Standalone.start({ platform, onTraining: sayTraining, ...watch });
      standalone.ready.then(() => announce(standalone.address, platform.settings), watch.onFailed);
      return standalone;
    },
  });
}
