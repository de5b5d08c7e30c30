import { inspect } from 'node:util';
import { type NewEvent, PermanentError, TransientError } from '@math-labeler/contracts';
import { isPassing } from '@math-labeler/storage';

/** What became of one try to handle an event. */
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly NewEvent[] }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  | { readonly kind: 'dead'; readonly code: string; readonly reason: string; readonly stack?: string };

export const done = (events: readonly NewEvent[]): Outcome => ({ kind: 'done', events });

/** An error says its own class; one that does not is a bug, which no second try mends. */
export function outcomeOf(error: unknown): Exclude<Outcome, { kind: 'done' }> {
  if (error instanceof TransientError) return { kind: 'retry', reason: error.message, afterMs: error.retryAfterMs };
  if (isPassing(error)) return { kind: 'retry', reason: (error as Error).message }; // A store's disk is full, or its file is busy.
  if (error instanceof PermanentError) return { kind: 'dead', code: error.code, reason: error.message };
  const { message, stack } = error instanceof Error ? error : { message: inspect(error), stack: undefined };
  return { kind: 'dead', code: 'BUG', reason: message, stack };
}
