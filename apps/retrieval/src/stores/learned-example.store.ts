import { type Level } from '@math-labeler/curriculum';

/** A reviewed problem as evidence for others. */
export interface LearnedExample {
  /** Of the problem. */
  readonly id: string;
  /** Of the label that it was learnt from; a higher one replaces it. */
  readonly revision: number;
  /** Normalised. */
  readonly text: string;
  readonly code: string;
  readonly level: Level;
  /** Reviewers disagree: it is evidence for nothing. */
  readonly contested: boolean;
}

/** What reviewers have taught. */
export abstract class LearnedExampleStore {
  /** Keeps an example, unless a later revision is kept already; gives what is kept. */
  abstract learn(example: LearnedExample): Promise<LearnedExample>;
  abstract all(): Promise<LearnedExample[]>;
}
