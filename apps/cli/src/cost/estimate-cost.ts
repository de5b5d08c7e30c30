import { costOf, countTokens, type LedgerEntry, type Prices, type Question, tokensOf } from '@math-labeler/llm';

/** Where the provider's cache begins to hold a prefix: https://developers.openai.com/docs/guides/prompt-caching */
const LEAST_PREFIX = 1024;
/** Of a conversation of two messages: four for each, and three before the answer: https://github.com/openai/openai-cookbook, "How to count tokens with tiktoken". */
const FRAME = 11;

/** How questions would be asked. */
export interface EstimateOptions {
  /** Undefined: not known. */
  readonly price?: ReturnType<Prices['priceOf']>;
  readonly way: LedgerEntry['way'];
  /** Tokens of one answer, its thinking included. */
  readonly outputTokens: number;
}

/** What asking would cost, as far as it can be told before. */
export interface Estimate {
  readonly questions: number;
  /** Counted with o200k_base. */
  readonly inputTokens: number;
  /** Part of it that an earlier question has brought into the provider's cache, while that lasts (some minutes). */
  readonly cacheableTokens: number;
  readonly outputTokens: number;
  /** Whole nano-dollars; undefined where the price is not known. */
  readonly cost?: number;
}

/**
 * Counts questions in the order in which they would be asked. What is the same for many, schema and instructions, comes first and is cacheable from its second time on;
 * what is not in the cache is taken to be written there, as some providers charge for.
 */
export async function estimateCost(questions: AsyncIterable<Question>, { price, way, outputTokens }: EstimateOptions): Promise<Estimate> {
  const prefixes = new Map<string, number>();
  let [count, input, cacheable, cost] = [0, 0, 0, 0];
  for await (const { system, user, schema, maxOutputTokens } of questions) {
    const prefix = JSON.stringify(schema.schema) + system;
    const known = prefixes.get(prefix);
    const prefixTokens = known ?? (await countTokens(prefix));
    prefixes.set(prefix, prefixTokens);
    const tokens = prefixTokens + (await countTokens(user)) + FRAME;
    const cached = known !== undefined && prefixTokens >= LEAST_PREFIX ? prefixTokens : 0;
    const usage = { input: tokens, cachedInput: cached, cacheWrite: tokens >= LEAST_PREFIX ? tokens - cached : 0, output: Math.min(outputTokens, maxOutputTokens), reasoning: 0 };
    if (price !== undefined) cost += costOf(tokensOf(usage), price, way);
    [count, input, cacheable] = [count + 1, input + tokens, cacheable + cached];
  }
  return { questions: count, inputTokens: input, cacheableTokens: cacheable, outputTokens: count * outputTokens, cost: price === undefined ? undefined : cost };
}
