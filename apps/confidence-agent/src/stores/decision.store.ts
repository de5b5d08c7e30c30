import { type Label } from '@math-labeler/contracts';
import { type Settled } from '@math-labeler/labeler';

/** The labels that were decided, and what reviewers have made of them since. */
export abstract class DecisionStore {
  /** The label as it was first decided. */
  abstract decided(problemId: string): Promise<Label | undefined>;
  /** Keeps a decision unless the problem has one; gives the one that is kept. */
  abstract decide(label: Label): Promise<Label>;
  /** What reviewers have last settled about a problem. */
  abstract settled(problemId: string): Promise<Settled | undefined>;
  /** Keeps it unless a later revision is kept. */
  abstract settle(problemId: string, settled: Settled): Promise<void>;
}
