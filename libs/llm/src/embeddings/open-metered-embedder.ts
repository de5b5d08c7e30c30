import { randomUUID } from 'node:crypto';
import { derivedId } from '@math-labeler/contracts';
import { type Embedder } from '@math-labeler/search';
import { type Store } from '@math-labeler/storage';
import { costOf, tokensOf } from '../ledger/cost.js';
import { openLedger } from '../ledger/open-ledger.js';
import { openPrices } from '../ledger/prices.js';
import { dayOf } from '../ledger/sums.js';
import { type EmbedderOptions, openEmbedder } from './open-embedder.js';

export interface MeteredOptions extends Omit<EmbedderOptions, 'onUsage'> {
  /** File of a price table of one's own. */
  readonly prices?: string;
  /** Hears that a request could not be counted: vectors are not held back for that. */
  readonly onUncounted: (error: Error) => void;
}

/** An embedder whose requests the ledger counts. Throws InputError LLM.NO_PRICES, LLM.BAD_PRICES. */
export async function openMeteredEmbedder({ prices: own, onUncounted, ...options }: MeteredOptions, store: Store): Promise<Embedder> {
  const ledger = openLedger(store);
  const prices = await openPrices({ own, baseUrl: options.baseUrl });
  const { model } = options;
  return openEmbedder({
    ...options,
    onUsage: (usage) => {
      const at = Date.now();
      const price = prices.priceOf(model, dayOf(at));
      const tokens = tokensOf(usage);
      const cost = price === undefined ? undefined : costOf(tokens, price, 'at once');
      ledger
        .record({ id: derivedId('llm embedding', model, randomUUID()), at: new Date(at).toISOString(), model, purpose: 'embedding', way: 'at once', cost, price: price?.version, ...tokens })
        .catch(onUncounted);
    },
  });
}
