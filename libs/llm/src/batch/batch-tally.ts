import { type Failure } from './batch-result.js';

/** Questions that came to nothing for the same reason. */
export interface FailureCount extends Failure {
  readonly count: number;
}

/** What has become of the questions of batches. */
export class BatchTally {
  answered = 0;
  /** What the provider has said against a batch as a whole. */
  refusal?: string;
  private readonly counts = new Map<string, FailureCount>();

  fail({ reason, message }: Failure, times = 1): void {
    const before = this.counts.get(reason);
    if (times > 0) this.counts.set(reason, { reason, message: before?.message ?? message, count: (before?.count ?? 0) + times });
  }

  add(other: BatchTally): void {
    this.answered += other.answered;
    this.refusal ??= other.refusal;
    for (const { count, ...failure } of other.failures) this.fail(failure, count);
  }

  /** The most frequent first. */
  get failures(): FailureCount[] {
    return [...this.counts.values()].sort((a, b) => b.count - a.count);
  }
}
