import { z } from 'zod';
import { type ReplyToken, type Usage } from '../language-model.js';

/** A count of tokens: 0 where a server tells none. */
export const count = z.number().int().nonnegative().catch(0);

const logprob = z.number().nullable().transform((value) => value ?? -Infinity);
const token = z.object({ token: z.string(), logprob, top_logprobs: z.array(z.object({ token: z.string(), logprob })).nullish() });

/** Tokens with their log probabilities, in the one form that both interfaces have; undefined where there are none, or ones that cannot be read. */
export const replyTokens = z
  .array(token)
  .nullish()
  .catch(undefined)
  .transform((tokens): readonly ReplyToken[] | undefined => {
    if (tokens === undefined || tokens === null || tokens.length === 0) return undefined;
    return tokens.map(({ token: text, logprob: value, top_logprobs: top }) => ({ text, logprob: value, top: (top ?? []).map((other) => ({ text: other.token, logprob: other.logprob })) }));
  });

/** What the provider has put into its cache, where it tells: some charge more for it. */
export function cacheWriteOf(details: { readonly cache_write_tokens?: number } | null | undefined): Pick<Usage, 'cacheWrite'> {
  const written = details?.cache_write_tokens ?? 0;
  return written > 0 ? { cacheWrite: written } : {};
}
