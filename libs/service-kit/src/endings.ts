import { watchLauncher } from './launcher.js';

/** Resolves at the first SIGTERM or Ctrl-C, when the npm that started it is gone, or with what has failed for good. */
export function endings(env: NodeJS.ProcessEnv): { readonly promise: Promise<Error | undefined>; readonly signal: AbortSignal; fail(error: Error): void } {
  const ending = new AbortController();
  let resolve: (failure?: Error) => void = () => {};
  const promise = new Promise<Error | undefined>((settle) => (resolve = settle));
  const end = (failure?: Error): void => {
    resolve(failure);
    ending.abort();
  };
  process.once('SIGTERM', () => end());
  process.once('SIGINT', () => end());
  watchLauncher(env, () => end());
  return { promise, signal: ending.signal, fail: end };
}
