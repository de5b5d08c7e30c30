import { z } from 'zod';
import { type Reply } from '../language-model.js';
import { unreadable } from './unreadable.js';
import { cacheWriteOf, count, replyTokens } from './usage.js';

const details = <T extends z.ZodRawShape>(shape: T) => z.object(shape).nullish().catch(undefined);

const completion = z.object({
  model: z.string().optional().catch(undefined),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        logprobs: details({ content: replyTokens }),
      }),
    )
    .min(1),
  usage: details({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: details({ cached_tokens: count, cache_write_tokens: count.optional() }),
    completion_tokens_details: details({ reasoning_tokens: count }),
  }),
});

/** What `POST /chat/completions` gives; `model` is what was asked for, where the server does not say. Throws ModelUnavailable `LLM.UNREADABLE`. */
export function readChatReply(body: unknown, model: string): Reply {
  const { success, data, error } = completion.safeParse(body);
  if (!success) throw unreadable(body, error);
  const [{ finish_reason, message, logprobs }] = data.choices;
  const tokens = logprobs?.content;
  return {
    outcome: outcomeOf(finish_reason, message.refusal),
    text: message.refusal || message.content || '',
    ...(tokens === undefined ? {} : { tokens }),
    usage: {
      input: data.usage?.prompt_tokens ?? 0,
      cachedInput: data.usage?.prompt_tokens_details?.cached_tokens ?? 0,
      ...cacheWriteOf(data.usage?.prompt_tokens_details),
      output: data.usage?.completion_tokens ?? 0,
      reasoning: data.usage?.completion_tokens_details?.reasoning_tokens ?? 0,
    },
    model: data.model || model,
  };
}

function outcomeOf(finish: string | null | undefined, refusal: string | null | undefined): Reply['outcome'] {
  if (refusal) return 'refused';
  if (finish === 'length') return 'cut';
  return finish === 'content_filter' ? 'filtered' : 'answered';
}
