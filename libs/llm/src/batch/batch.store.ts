import { type Question, type QuestionKey } from '../language-model.js';

/** A question in a batch: all that is needed to keep its reply and to count it. */
export interface BatchedQuestion {
  readonly key: QuestionKey;
  readonly purpose: Question['purpose'];
}

/** Questions that were, or are about to be, handed over together. */
export interface KeptBatch {
  /** Ours; the provider has it in the batch's metadata, so that a batch whose own id was never heard of is found again. */
  readonly id: string;
  /** As it was asked for. */
  readonly model: string;
  /** Whose batch it is: address without credentials. */
  readonly server: string;
  /** ISO 8601 in UTC. */
  readonly submittedAt: string;
  readonly questions: readonly BatchedQuestion[];
  /** Whole nano-dollars that it was thought to cost. */
  readonly estimate: number;
  /** The provider's id of the file of questions. */
  readonly file: string;
  /** The provider's id of the batch, once it has told one. */
  readonly batch?: string;
}

/** The batches that are under way, so that a process that ends meanwhile loses nothing. */
export abstract class BatchStore {
  /** Keeps a batch as it is now, unless it is settled. */
  abstract keep(batch: KeptBatch): Promise<void>;
  /** Nothing more is to come of it. What remains is when and what it was, without its questions. @param status the provider's last word, or why it never came to one */
  abstract settle(id: string, status: string): Promise<void>;
  /** All that are not settled, the earliest first. */
  abstract pending(): Promise<KeptBatch[]>;
}
