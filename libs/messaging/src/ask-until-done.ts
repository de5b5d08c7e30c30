import { type Backoff, waitAfter } from './backoff.js';
import { sleep } from './waiting.js';

export interface Asking {
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
  /** Whether no further try will mend this error. */
  readonly isFinal: (error: unknown) => boolean;
  readonly onFailure: (error: unknown) => void;
}

/** Asks again and again, and gives the answer; undefined when the signal aborts first. Rejects with an error that is final. */
export async function askUntilDone<Answer>(ask: () => Promise<Answer>, { backoff, signal, isFinal, onFailure }: Asking): Promise<Answer | undefined> {
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) return undefined;
      if (isFinal(error)) throw error;
      onFailure(error);
      await sleep(waitAfter(tries, backoff, Math.random()), signal);
    }
  }
  return undefined;
}
