import { type Reply } from '../language-model.js';
import { costOf, type Tokens, tokensOf } from './cost.js';
import { type LedgerEntry } from './ledger.store.js';
import { type Prices } from './prices.js';
import { dayOf } from './sums.js';

/** What a reply counts for in the ledger, by the price of that moment. @param model as it was asked for @param at milliseconds since 1970 */
export function replyCost(prices: Prices, model: string, { usage, model: answered }: Pick<Reply, 'usage' | 'model'>, way: LedgerEntry['way'], at: number): Tokens & Pick<LedgerEntry, 'cost' | 'price'> {
  const price = prices.priceOf(model, dayOf(at), answered);
  const tokens = tokensOf(usage);
  return { ...tokens, cost: price === undefined ? undefined : costOf(tokens, price, way), price: price?.version };
}
