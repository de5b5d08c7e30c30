import { ModelUnavailable } from '../model-unavailable.js';
import { complaintIn } from './provider-errors.js';

/** Of JSON that is not the reply that was asked for: a proxy's page, or an error that came with status 200. */
export function unreadable(body: unknown, cause: unknown): ModelUnavailable {
  const { message } = complaintIn({ status: 200, headers: new Headers(), body });
  return new ModelUnavailable('LLM.UNREADABLE', `the model's server answers with something else than a reply: ${message}`, undefined, { cause });
}
