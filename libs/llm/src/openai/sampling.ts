import { type QuestionKey } from '../language-model.js';

/** Alternatives that are asked for in the place of each token; providers give up to 20. */
export const TOP_LOGPROBS = 10;

/** The first answer is the likeliest one; more are asked for to see how far they agree, so they may differ. */
export function temperatureOf({ sample }: QuestionKey): number {
  return sample === 0 ? 0 : 0.7;
}
