import { PermanentError } from '@math-labeler/contracts';
import { ModelUnavailable, type Passing } from '../model-unavailable.js';
import { retryAfterMs } from '../rate-limits.js';

/** A request that was answered with an error. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  /** What the body says, in whatever form the server has chosen: an object, a text, nothing. */
  readonly body: unknown;
}

/** The parts of an error's body that providers have in common. */
export interface Complaint {
  readonly message: string;
  /** Of the provider; a number where it repeats the status. */
  readonly code: string;
  readonly type: string;
  /** The parameter that it is about, where it names one. */
  readonly parameter?: string;
}

const LONGEST_MESSAGE = 300;
const OUT_OF_CREDIT = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'];
/** OpenAI: context_length_exceeded; llama.cpp: exceed_context_size_error; vLLM says it in words only. */
const TOO_LONG = ['context_length_exceeded', 'exceed_context_size_error', 'string_above_max_length'];
const TOO_LONG_WORDS = /maximum context length|context (length|window|size)|exceeds? the (available )?context|prompt is too long|reduce the length|max_tokens must be at least 1, got -/i;

/** Reads `{"error": {…}}`, the body itself, `{"error": "…"}`, FastAPI's `{"detail": …}` and plain text alike. */
export function complaintIn({ status, body }: Refusal): Complaint {
  const error = nested(body);
  if (typeof error === 'string') return { message: shorten(error), code: '', type: '' };
  if (!isRecord(error)) return { message: `status ${status}`, code: '', type: '' };
  const said = error.message ?? error.detail ?? error.msg ?? error;
  const parameter = typeof error.param === 'string' && error.param !== '' ? { parameter: error.param } : {};
  return { message: shorten(typeof said === 'string' ? said : JSON.stringify(said)), code: textOf(error.code), type: textOf(error.type), ...parameter };
}

/**
 * What an answer with an error means for us: a `ModelUnavailable` with the time to wait where it is told, or a PermanentError `LLM.…`.
 * @param nowMs by the wall clock
 */
export function errorOf(refusal: Refusal, nowMs: number, options?: ErrorOptions): ModelUnavailable | PermanentError {
  const { status, headers } = refusal;
  const complaint = complaintIn(refusal);
  const message = `the model's server answers ${status}: ${complaint.message}`;
  const passing = (code: Passing) => new ModelUnavailable(code, message, retryAfterMs(headers, nowMs), options);
  const lasting = (code: string) => new PermanentError(code, message, options);

  if (status === 402 || isOutOfCredit(complaint)) return lasting('LLM.OUT_OF_CREDIT');
  if (status === 429) return passing('LLM.BUSY');
  if (status === 401 || status === 403) return lasting('LLM.NOT_LET_IN');
  if (status === 404) return lasting('LLM.NO_SUCH_MODEL');
  if (status === 408 || status === 409 || status === 425 || status >= 500) return passing(status === 408 || status === 504 ? 'LLM.TIMEOUT' : 'LLM.OUT_OF_ORDER');
  if (isTooLong(refusal)) return lasting('LLM.TOO_LONG');
  return lasting('LLM.REFUSED_REQUEST');
}

/** The question does not fit into the model's context. */
export function isTooLong(refusal: Refusal): boolean {
  const { message, code, type } = complaintIn(refusal);
  return refusal.status === 413 || [code, type].some((word) => TOO_LONG.includes(word)) || TOO_LONG_WORDS.test(message);
}

/** The provider's filter holds back the question: Azure OpenAI says so with a 400. */
export function isFiltered(refusal: Refusal): boolean {
  return refusal.status === 400 && ['content_filter', 'content_policy_violation'].includes(complaintIn(refusal).code);
}

function isOutOfCredit({ code, type }: Complaint): boolean {
  return [code, type].some((word) => OUT_OF_CREDIT.includes(word));
}

/** Google answers with a list of one error. */
function nested(body: unknown): unknown {
  const whole: unknown = Array.isArray(body) ? body[0] : body;
  return isRecord(whole) && whole.error !== undefined && whole.error !== null ? whole.error : whole;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** One line; a key that the provider repeats (OpenAI does, in parts) is not repeated. */
function shorten(message: string): string {
  const line = message.replace(/\s+/g, ' ').replace(/\b(sk-|Bearer )[\w*.-]+/gi, '$1…').trim();
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE - 1)}…`;
}
