import { type Budget } from '../ledger/budget.js';
import { type WritingModel } from '../openai/written-question.js';
import { type Timer } from '../timer.js';
import { type FileLimits } from './batch-file.js';
import { type BatchStore } from './batch.store.js';
import { type KeepingParts } from './keep-replies.js';
import { type Scout } from './scout.js';

/** How far the batches that are waited for are, all together. */
export interface BatchProgress {
  readonly batches: number;
  readonly questions: number;
  readonly completed: number;
  readonly failed: number;
  /** The provider's word for where the first of them is. */
  readonly status: string;
}

/** Told of what happens, for whoever waits. */
export interface BatchObserver {
  /** Batches of an earlier run are gone on with. */
  readonly onFound?: (batches: number, questions: number) => void;
  /** @param estimate in nano-dollars; 0 where the price is not known */
  readonly onSubmitted?: (questions: number, estimate: number) => void;
  /** Told with every look. */
  readonly onProgress?: (progress: BatchProgress) => void;
  /** The provider does not answer just now; it is asked again. */
  readonly onTrouble?: (error: Error) => void;
  /** A file with questions or replies could not be deleted at the provider. */
  readonly onLeft?: (file: string, error: Error) => void;
}

/** What batches are run with. */
export interface BatchParts extends KeepingParts {
  readonly model: WritingModel;
  readonly scout: Scout;
  /** Whose batches they are: address without credentials. */
  readonly server: string;
  readonly batches: BatchStore;
  readonly budget: Budget;
  readonly observer: BatchObserver;
  readonly limits: FileLimits;
  readonly timer: Timer;
  readonly clock: () => number;
  readonly newId: () => string;
}
