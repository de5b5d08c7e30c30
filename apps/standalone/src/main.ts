import 'reflect-metadata';
import { InputError } from '@math-labeler/curriculum';
import { openLogger, openPlatform, readSettings } from '@math-labeler/service-kit';
import { announce, sayTraining } from './announce.js';
import { watchLauncher } from './launcher.js';
import { Standalone } from './standalone.js';

/** The longest that ending may take, in ms. */
const LAST_MS = 9500;

/** `npm start`: everything in one process, until it is told to end. Resolves with the exit code. */
export async function main(env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const settings = readSettings(env);
    const logger = openLogger(settings.logLevel);
    const platform = await openPlatform(settings, logger);
    const ended = endings(env);
    const standalone = await Standalone.start({
      platform,
      onTraining: sayTraining,
      onFailed: (error) => ended.fail(error),
    });
    standalone.ready.then(
      () => announce(standalone.address, settings),
      (error: Error) => ended.fail(error),
    );
    const failure = await ended.promise;
    if (failure !== undefined) logger.fatal({ err: failure }, 'a part failed for good');
    setTimeout(() => process.exit(1), LAST_MS).unref();
    await standalone.close();
    return failure === undefined ? 0 : 1;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** Resolves at the first SIGTERM or Ctrl-C, when the npm that started it is gone, or with what has failed for good. */
function endings(env: NodeJS.ProcessEnv): { readonly promise: Promise<Error | undefined>; fail(error: Error): void } {
  let end: (failure?: Error) => void = () => {};
  const promise = new Promise<Error | undefined>((resolve) => (end = resolve));
  process.once('SIGTERM', () => end());
  process.once('SIGINT', () => end());
  watchLauncher(env, () => end());
  return { promise, fail: (error) => end(error) };
}
