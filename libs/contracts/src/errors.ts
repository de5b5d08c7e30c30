/** Something that others depend on is not there just now; the same may succeed later. */
export class TransientError extends Error {
  override readonly name = 'TransientError';

  /** @param retryAfterMs the least time to wait, where the other side has said so */
  constructor(
    message: string,
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** This event can never succeed. `code` is stable and safe to match on. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
