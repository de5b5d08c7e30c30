import { randomUUID } from 'node:crypto';
import { derivedId } from '@math-labeler/contracts';
import { type Embedder } from '@math-labeler/search';
import { type Store } from '@math-labeler/storage';
import { openLedger } from '../ledger/open-ledger.js';
import { openPrices } from '../ledger/prices.js';
import { replyCost } from '../ledger/reply-cost.js';
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
      const cost = replyCost(prices, model, { usage, model }, 'at once', at);
      ledger.record({ id: derivedId('llm embedding', model, randomUUID()), at: new Date(at).toISOString(), model, purpose: 'embedding', way: 'at once', ...cost }).catch(onUncounted);
    },
  });
}
