import { PermanentError, TransientError } from '@math-labeler/contracts';
import { type Absence } from './language-model.js';
import { ModelUnavailable } from './model-unavailable.js';

/** What an error says about the model, and about the question. */
export type Verdict =
  /** It is there, and wants fewer questions. */
  | { readonly means: 'busy'; readonly retryAfterMs?: number }
  /** It may answer later; `absence` for a question that cannot wait for that. */
  | { readonly means: 'failing'; readonly absence: Absence; readonly retryAfterMs?: number }
  /** It will answer nobody before somebody has changed the settings. */
  | { readonly means: 'misconfigured' }
  /** It answers others, and not this. */
  | { readonly means: 'unanswerable' };

const OURS_TO_MEND = ['LLM.NOT_LET_IN', 'LLM.NO_SUCH_MODEL', 'LLM.OUT_OF_CREDIT'];

/** An error that nobody has foreseen is a bug: it is never tried again, and harms this question only. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof PermanentError) return { means: OURS_TO_MEND.includes(error.code) ? 'misconfigured' : 'unanswerable' };
  if (!(error instanceof TransientError)) return { means: 'unanswerable' };
  const { retryAfterMs } = error;
  const code = error instanceof ModelUnavailable ? error.code : undefined;
  if (code === 'LLM.BUSY') return { means: 'busy', retryAfterMs };
  return { means: 'failing', absence: code === 'LLM.TIMEOUT' ? 'late' : 'unavailable', retryAfterMs };
}

/** A name for metrics: the code where there is one. */
export function codeOf(error: unknown): string {
  if (error instanceof PermanentError || error instanceof ModelUnavailable) return error.code;
  return error instanceof TransientError ? 'LLM.OUT_OF_ORDER' : 'error';
}
