import { type ProblemSubmitted } from '@math-labeler/contracts';
import { type SubmittedProblem } from './stores/problem-view.store.js';

/** Code points; ingestion knows a longer one under the event's id. */
const LONGEST_ID = 200;

/** What a submission says, which may come from outside and be anything; what is wrong with it is for ingestion to say. */
export function readSubmitted({ id: eventId, time, data }: Pick<ProblemSubmitted, 'id' | 'time' | 'data'>): SubmittedProblem {
  const { id, content, text, metadata } = (isObject(data) ? data : {}) as Record<string, unknown>;
  const words = content ?? text;
  return {
    id: idOf(id) ?? eventId,
    eventId,
    content: typeof words === 'string' ? words : '',
    ...(isObject(metadata) ? { metadata } : {}),
    at: time,
  };
}

function idOf(given: unknown): string | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const id = String(given);
  return id.trim() === '' || [...id].length > LONGEST_ID ? undefined : id;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
