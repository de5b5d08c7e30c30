import { TransientError } from '@math-labeler/contracts';

/** What may keep a model from answering just now. `LLM.BUSY` is its wish for fewer questions; all others count as its failures. */
export const PASSING = ['LLM.BUSY', 'LLM.OUT_OF_ORDER', 'LLM.UNREACHABLE', 'LLM.TIMEOUT', 'LLM.UNREADABLE'] as const;
export type Passing = (typeof PASSING)[number];

/** A model does not answer just now; `code` is stable and safe to match on. */
export class ModelUnavailable extends TransientError {
  /** @param retryAfterMs the least time to wait, where the provider has said so */
  constructor(
    readonly code: Passing,
    message: string,
    retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, retryAfterMs, options);
  }
}
