import { TransientError } from '@math-labeler/contracts';
import { type GroupCommit, isPassing } from '@math-labeler/storage';

/** The broker's way into the file: what may pass is a TransientError, and nothing is written once it is closed. */
export class EmbeddedWriter {
  private closed = false;

  constructor(private readonly commits: GroupCommit) {}

  /** Resolves once the work's transaction is on the disk; it may wait `withinMs` for others. */
  async write<Result>(work: () => Result, withinMs = 0): Promise<Result> {
    this.refuseWhenClosed();
    try {
      return await this.commits.run(work, withinMs);
    } catch (error) {
      throw asBrokerError(error, 'written');
    }
  }

  refuseWhenClosed(): void {
    if (this.closed) throw new TransientError('the broker is closed');
  }

  flush(): void {
    this.commits.flush();
  }

  close(): void {
    this.flush();
    this.closed = true;
  }
}

/** A failure of the file in the port's terms. */
export function asBrokerError(error: unknown, done: 'read' | 'written'): unknown {
  if (!isPassing(error)) return error;
  return new TransientError(`the log cannot be ${done} just now: ${(error as Error).message}`, undefined, { cause: error });
}
