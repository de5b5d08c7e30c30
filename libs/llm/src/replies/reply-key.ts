import { createHash } from 'node:crypto';
import { type QuestionKey } from '../language-model.js';

/** Under which the reply of a model to a question is kept: SHA-256 in hex of both, whatever order their fields are in. */
export function replyKey(model: string, { problem, prompt, candidates, sample }: QuestionKey): string {
  return createHash('sha256').update(JSON.stringify([model, problem, prompt, candidates, sample])).digest('hex');
}
