import { TransientError } from '@math-labeler/contracts';
import { type Backoff, backoffMs } from '../backoff.js';
import { Refused } from '../openai/openai-client.js';
import { type Timer } from '../timer.js';
import { type KeptBatch } from './batch.store.js';
import { giveUp, isUnknownPlace } from './batch-errors.js';
import { type BatchParts, type BatchProgress } from './batch-parts.js';
import { BatchTally } from './batch-tally.js';
import { keepReplies } from './keep-replies.js';
import { type ProviderBatch } from './provider-batch.js';

/** Between two looks. */
const PACE: Backoff = { firstMs: 1000, longestMs: 60_000 };
/** Looks in a row that may fail: half an hour, when it is a minute to the next. */
const PATIENCE = 30;

/** Waits for batches, however long, and keeps what each brings as soon as it is over. Rejects with InputError LLM.…, as the stores do, and with the signal's reason. */
export async function awaitBatches(parts: BatchParts, batches: readonly KeptBatch[], signal: AbortSignal): Promise<BatchTally> {
  const tally = new BatchTally();
  const waiting = new Set(batches);
  let failures = 0;
  for (let looks = 1; waiting.size > 0; looks += 1) {
    try {
      await look(parts, waiting, tally, signal);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!isPassing(error) || failures > PATIENCE) throw giveUp(error);
      parts.observer.onTrouble?.(error as Error);
    }
    if (waiting.size > 0) await pause(parts.timer, backoffMs(looks, PACE, 1), signal);
  }
  return tally;
}

/** Takes those away from the waiting that are over. */
async function look(parts: BatchParts, waiting: Set<KeptBatch>, tally: BatchTally, signal: AbortSignal): Promise<void> {
  const found: (readonly [KeptBatch, ProviderBatch | undefined])[] = [];
  for (const kept of waiting) found.push([kept, await parts.provider.look(kept.batch!, signal)]);
  parts.observer.onProgress?.(progressOf(found));
  for (const [kept, batch] of found) {
    if (batch !== undefined && !batch.isOver) continue;
    if (batch === undefined) await lose(parts, kept, tally);
    else await finish(parts, kept, batch, tally, signal);
    waiting.delete(kept);
  }
}

function progressOf(found: readonly (readonly [KeptBatch, ProviderBatch | undefined])[]): BatchProgress {
  const sum = (count: (kept: KeptBatch, batch: ProviderBatch | undefined) => number): number => found.reduce((total, [kept, batch]) => total + count(kept, batch), 0);
  return {
    batches: found.length,
    questions: sum(({ questions }) => questions.length),
    completed: sum((_, batch) => batch?.counts.completed ?? 0),
    failed: sum((_, batch) => batch?.counts.failed ?? 0),
    status: found[0][1]?.status ?? 'unknown',
  };
}

/** The provider knows nothing of it any more. */
async function lose({ batches }: BatchParts, { id, questions }: KeptBatch, tally: BatchTally): Promise<void> {
  tally.fail({ reason: 'lost', message: 'the provider does not know the batch any more' }, questions.length);
  await batches.settle(id, 'lost');
}

async function finish(parts: BatchParts, kept: KeptBatch, batch: ProviderBatch, tally: BatchTally, signal: AbortSignal): Promise<void> {
  tally.add(await keepReplies(parts, kept, batch, signal));
  if (batch.status === 'failed') tally.refusal ??= batch.complaint ?? batch.status;
  await parts.batches.settle(kept.id, batch.status);
  for (const file of [kept.file, batch.outputFile, batch.errorFile]) if (file !== undefined) await discard(parts, file, signal);
}

/** Deletes a file at the provider, as far as it can be done: the problems' texts need not lie there. */
export async function discard({ provider, observer }: BatchParts, file: string, signal: AbortSignal): Promise<void> {
  try {
    await provider.delete(file, signal);
  } catch (error) {
    if (!isUnknownPlace(error)) observer.onLeft?.(file, error as Error);
  }
}

function isPassing(error: unknown): boolean {
  return (error instanceof Refused ? error.cause : error) instanceof TransientError;
}

function pause(timer: Timer, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = timer.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
