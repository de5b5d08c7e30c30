import { type Label } from '@math-labeler/contracts';
import { type Settled } from '@math-labeler/labeler';

/** A label as it was first decided. */
export interface Decision {
  /** Of the event at which it was decided: it alone tells of the label. */
  readonly eventId: string;
  readonly label: Label;
}

/** The labels that were decided, and what reviewers have made of them since. */
export abstract class DecisionStore {
  abstract decided(problemId: string): Promise<Decision | undefined>;
  /** Keeps a decision unless the problem has one; gives the one that is kept. */
  abstract decide(decision: Decision): Promise<Decision>;
  /** What reviewers have last settled about a problem. */
  abstract settled(problemId: string): Promise<Settled | undefined>;
  /** Keeps it unless a later revision is kept. */
  abstract settle(problemId: string, settled: Settled): Promise<void>;
}
