import { z } from 'zod';
import { type Reply } from '../language-model.js';
import { ModelUnavailable } from '../model-unavailable.js';
import { readChatReply } from '../openai/chat-reply.js';
import { complaintIn, isFiltered, type Refusal } from '../openai/provider-errors.js';
import { readResponse } from '../openai/responses-reply.js';

/** Why a question of a batch has no reply. */
export interface Failure {
  /** Short and the same for the same trouble, so that it can be counted: `400 unsupported_parameter`, `batch_expired`. */
  readonly reason: string;
  /** In the provider's words. */
  readonly message: string;
}

/** A line of the files that a provider gives back. */
export interface BatchResult {
  /** The name that the question had in the batch. */
  readonly question: string;
  readonly outcome: Reply | Failure;
}

const line = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/**
 * Reads one line of an output or error file; undefined where it is none.
 * @param endpoint that the batch was for; undefined: not known
 * @param model as it was asked for
 */
export function readBatchLine(text: string, endpoint: string | undefined, model: string): BatchResult | undefined {
  const { success, data } = line.safeParse(jsonOf(text));
  if (!success) return undefined;
  const { custom_id: question, response, error } = data;
  if (response === null || response === undefined) return { question, outcome: { reason: error?.code || 'no reply', message: shortened(error?.message ?? '') } };
  if (response.status_code !== 200) return { question, outcome: refused({ status: response.status_code, headers: new Headers(), body: response.body }, model) };
  return { question, outcome: replyIn(response.body, endpoint, model) };
}

/** Whether a line has brought a reply. */
export function isReply(outcome: Reply | Failure): outcome is Reply {
  return 'outcome' in outcome;
}

function replyIn(body: unknown, endpoint: string | undefined, model: string): Reply | Failure {
  try {
    return endpoint?.endsWith('/responses') ? readResponse(body, model) : readChatReply(body, model);
  } catch (error) {
    if (error instanceof ModelUnavailable) return { reason: error.code, message: error.message };
    throw error;
  }
}

/** As at once, a question that the provider's filter holds back is answered for good. */
function refused(refusal: Refusal, model: string): Reply | Failure {
  if (isFiltered(refusal)) return { outcome: 'filtered', text: '', usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, model };
  const { code, type, message } = complaintIn(refusal);
  return { reason: `${refusal.status} ${code || type}`.trim(), message };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shortened(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 300);
}
