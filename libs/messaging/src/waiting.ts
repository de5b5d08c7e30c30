import { setTimeout as pause } from 'node:timers/promises';

/** Resolves after this long, or as soon as the signal aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
}

/** Waits for something to end, well or badly, but no longer than this. */
export async function within(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, sleep(ms, over.signal)]).catch(() => {});
  over.abort();
}
