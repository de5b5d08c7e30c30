import { askUntilDone } from './ask-until-done.js';
import { type DeliveryOptions } from './delivery.js';
import { type Holds } from './holds.js';
import { sleep } from './waiting.js';

const EVERY_MS = 50;

/** Commits one after the other, so that no late answer sets a position back; when the signal aborts, once more for the last time. */
export async function keepCommitting(holds: Holds, { backoff, observer }: Pick<DeliveryOptions, 'backoff' | 'observer'>, signal: AbortSignal): Promise<void> {
  const commit = (): Promise<void> => holds.commit();
  const onFailure = (error: unknown): void => observer.brokerFailed('commit', error);
  while (!signal.aborted) {
    await sleep(EVERY_MS, signal);
    await askUntilDone(commit, { backoff, signal, isFinal: () => false, onFailure });
  }
  await commit().catch(onFailure);
}
