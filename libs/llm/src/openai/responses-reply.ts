import { z } from 'zod';
import { type Reply } from '../language-model.js';
import { ModelUnavailable } from '../model-unavailable.js';
import { unreadable } from './unreadable.js';
import { cacheWriteOf, count, replyTokens } from './usage.js';

const details = <T extends z.ZodRawShape>(shape: T) => z.object(shape).nullish().catch(undefined);

const part = z.object({ type: z.string(), text: z.string().optional(), refusal: z.string().optional(), logprobs: replyTokens });
const item = z.object({ type: z.string(), content: z.array(part).nullish() });

const response = z.object({
  model: z.string().optional().catch(undefined),
  status: z.string().nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(item),
  usage: details({
    input_tokens: count,
    input_tokens_details: details({ cached_tokens: count, cache_write_tokens: count.optional() }),
    output_tokens: count,
    output_tokens_details: details({ reasoning_tokens: count }),
  }),
});

type Response = z.infer<typeof response>;

/** What `POST /responses` gives; `model` is what was asked for, where the server does not say. Throws ModelUnavailable. */
export function readResponse(body: unknown, model: string): Reply {
  const { success, data, error } = response.safeParse(body);
  if (!success) throw unreadable(body, error);
  if (data.status === 'failed' || data.status === 'cancelled') throw failure(data);
  const parts = data.output.filter(({ type }) => type === 'message').flatMap(({ content }) => content ?? []);
  const refusal = textOf(parts, 'refusal');
  const tokens = parts.flatMap(({ logprobs }) => logprobs ?? []);
  return {
    outcome: outcomeOf(data, refusal),
    text: refusal || textOf(parts, 'text'),
    ...(tokens.length === 0 ? {} : { tokens }),
    usage: {
      input: data.usage?.input_tokens ?? 0,
      cachedInput: data.usage?.input_tokens_details?.cached_tokens ?? 0,
      ...cacheWriteOf(data.usage?.input_tokens_details),
      output: data.usage?.output_tokens ?? 0,
      reasoning: data.usage?.output_tokens_details?.reasoning_tokens ?? 0,
    },
    model: data.model || model,
  };
}

function outcomeOf({ status, incomplete_details }: Response, refusal: string): Reply['outcome'] {
  if (refusal !== '') return 'refused';
  if (status !== 'incomplete') return 'answered';
  return incomplete_details?.reason === 'content_filter' ? 'filtered' : 'cut';
}

function textOf(parts: readonly z.infer<typeof part>[], field: 'text' | 'refusal'): string {
  return parts.map((each) => each[field] ?? '').join('');
}

/** The request was taken, with status 200, and then came to nothing. */
function failure({ error, status }: Response): ModelUnavailable {
  const code = error?.code === 'rate_limit_exceeded' ? 'LLM.BUSY' : 'LLM.OUT_OF_ORDER';
  return new ModelUnavailable(code, `the model's server gives up: ${error?.message ?? status}`);
}
