import { Worker } from 'node:worker_threads';
import { LocalModel, type ModelArrays } from './local-model.js';
import { type TrainingSet } from './training-set.js';

/** One training: of the whole set, or of all but one fold, whose problems the new model then scores. */
export interface TrainingJob {
  readonly leaveOut?: number;
}

/** Scores of held-out problems by models that never saw their authors; row by row in flat arrays. */
export interface HeldOutScores {
  readonly rows: Uint32Array;
  /** `standardCount` scores a row. */
  readonly standards: Float32Array;
  /** Two scores for each standard a row could have: what speaks for level A, and for A or B. */
  readonly levels: Float32Array;
  readonly familiarity: Float32Array;
}

/** What a worker sends back; plain arrays, so that they move between threads without copying. */
export type JobResult = { readonly kind: 'model'; readonly arrays: ModelArrays } | { readonly kind: 'scores'; readonly scores: HeldOutScores };

export type WorkerMessage = { readonly kind: 'progress'; readonly share: number } | { readonly kind: 'result'; readonly result: JobResult };

export interface JobOptions {
  /** Threads to train on. */
  readonly threads: number;
  /** Hears the share of all work done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains in worker threads, so that the caller's thread stays free. Results come in the order of the jobs.
 * Rejects with the signal's reason when aborted, or with the first thread's error; no thread is left running then.
 */
export async function runTrainingJobs(set: TrainingSet, jobs: readonly TrainingJob[], { threads, onProgress = () => {}, signal }: JobOptions): Promise<JobResult[]> {
  signal?.throwIfAborted();
  const results: JobResult[] = new Array<JobResult>(jobs.length);
  const shares = new Float64Array(jobs.length);
  const waiting = [...jobs.keys()];
  const stop = new AbortController();
  const lane = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      stop.signal.throwIfAborted();
      const current = job;
      results[current] = await runJob(set, jobs[current], stop.signal, (share) => {
        shares[current] = share;
        onProgress(shares.reduce((sum, part) => sum + part, 0) / jobs.length);
      });
    }
  };
  const abort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const lanes = Array.from({ length: Math.min(threads, jobs.length) }, () => lane().catch((error) => stop.abort(error)));
  await Promise.all(lanes);
  signal?.removeEventListener('abort', abort);
  stop.signal.throwIfAborted();
  return results;
}

/** Settles only once the thread is gone. */
function runJob(set: TrainingSet, job: TrainingJob, signal: AbortSignal, onShare: (share: number) => void): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./training.worker.js', import.meta.url), { workerData: { set, job }, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
    let result: JobResult | undefined;
    let failure: unknown;
    const abort = (): void => void worker.terminate();
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onShare(message.share);
      else result = message.result;
    });
    worker.once('error', (error) => (failure = error));
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', abort);
      if (result !== undefined) resolve(result);
      else reject(failure ?? (signal.aborted ? signal.reason : new Error(`training thread ended with code ${code} and no result`)));
    });
  });
}

export function modelOf(result: JobResult): LocalModel {
  if (result.kind !== 'model') throw new Error('a job that left a fold out gives scores, not a model');
  return LocalModel.fromArrays(result.arrays);
}
