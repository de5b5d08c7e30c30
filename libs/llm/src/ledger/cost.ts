import { type Usage } from '../language-model.js';
import { type Price } from './price-table.js';

/** Nano-dollars in a dollar. */
export const DOLLAR = 1_000_000_000;

/** Tokens as they are charged. */
export interface Tokens extends Usage {
  /** Part of `input` that the provider has put into its cache, which some charge more for; 0 where it does not tell. */
  readonly cacheWrite: number;
}

/** What a provider has counted, with all parts; what is no count is none. */
export function tokensOf({ input, cachedInput, output, reasoning, cacheWrite = 0 }: Usage & { readonly cacheWrite?: number }): Tokens {
  return { input: whole(input), cachedInput: whole(cachedInput), cacheWrite: whole(cacheWrite), output: whole(output), reasoning: whole(reasoning) };
}

function whole(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.round(count)) : 0;
}

/** Prices are for a million tokens, and shares are in thousandths. */
const UNIT = 1_000_000n * 1000n;

/** What tokens cost, in whole nano-dollars, so that sums are exact; rounded once, halves up. */
export function costOf({ input, cachedInput, cacheWrite, output }: Tokens, price: Price, way: 'batch' | 'at once'): number {
  const fresh = Math.max(0, input - cachedInput - cacheWrite);
  const parts = [[fresh, price.input], [cachedInput, price.cachedInput], [cacheWrite, price.cacheWrite], [output, price.output]] as const;
  const total = parts.reduce((sum, [tokens, dollars]) => sum + BigInt(tokens) * BigInt(Math.round(dollars * DOLLAR)), 0n);
  const share = BigInt(Math.round((way === 'batch' ? price.batch : 1) * 1000));
  return Number((total * share + UNIT / 2n) / UNIT);
}
