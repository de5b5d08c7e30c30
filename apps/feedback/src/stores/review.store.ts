import { type Label } from '@math-labeler/contracts';
import { type Level } from '@math-labeler/curriculum';

/** The reviewer of an answer that came without a name. */
export const NOBODY = 'anonymous';

/** A reviewer's answer. */
export interface Review {
  /** Of the event that brought it. */
  readonly eventId: string;
  readonly problemId: string;
  readonly reviewer: string;
  readonly code: string;
  readonly level: Level;
}

/** The labeller's own labels, and every answer that reviewers have given to them. */
export abstract class ReviewStore {
  /** Keeps the labeller's own label of a problem, unless it is kept. */
  abstract keepLabel(label: Label): Promise<void>;
  abstract label(problemId: string): Promise<Label | undefined>;
  /** Keeps an answer; gives all answers to the problem up to this one, in the order in which they came. Again, it gives the same. */
  abstract answer(review: Review): Promise<Review[]>;
  /** All answers to a problem, in the order in which they came. */
  abstract answers(problemId: string): Promise<Review[]>;
}
