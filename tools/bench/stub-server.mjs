// The server with a stand-in for its voters: `STUB_FAILS` names a problem that never gets its votes.
import 'reflect-metadata';
import { TransientError } from '../../libs/messaging/dist/index.js';
import { openLogger, openPlatform, readSettings } from '../../libs/service-kit/dist/index.js';
import { Standalone } from '../../apps/standalone/dist/index.js';

const settings = readSettings(process.env);
const platform = await openPlatform(settings, openLogger(settings.logLevel));
const standalone = await Standalone.start({
  platform,
  onTraining: () => {},
  onFailed: (error) => {
    throw error;
  },
  votersOf: (own) =>
    Object.assign(Object.create(own), {
      vote: async (problem, ...rest) => {
        if (problem.id === process.env.STUB_FAILS) throw new TransientError('the voter is not there');
        return own.vote(problem, ...rest);
      },
    }),
});
await standalone.ready;
process.once('SIGTERM', async () => {
  await standalone.close();
  process.exit(0);
});
