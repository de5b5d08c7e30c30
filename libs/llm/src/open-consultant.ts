import { type Store } from '@math-labeler/storage';
import { type ModelObserver, PatientModel } from './patient-model.js';
import { FrugalConsultant, type SpendingObserver } from './frugal-consultant.js';
import { type Reply } from './language-model.js';
import { Budget, type BudgetLimits, type BudgetState } from './ledger/budget.js';
import { DOLLAR } from './ledger/cost.js';
import { openLedger } from './ledger/open-ledger.js';
import { openPrices, type Prices } from './ledger/prices.js';
import { replyCost } from './ledger/reply-cost.js';
import { type Wish } from './openai/dialect.js';
import { openLanguageModel } from './openai/open-model.js';
import { openReplies } from './replies/open-replies.js';

export interface ConsultantOptions {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly model: string;
  readonly api: 'chat' | 'responses';
  readonly budget: BudgetLimits;
  /** The longest that one question may take, waiting and tries included, in ms. */
  readonly deadlineMs: number;
  readonly maxInFlight: number;
  /** File of a price table of one's own. */
  readonly prices?: string;
}

/** Hears what asking a model brings about, for metrics and log. */
export interface ConsultantObserver {
  readonly model?: ModelObserver;
  readonly spending?: SpendingObserver;
  /** The budget is open again, nearly spent, or spent. */
  readonly onBudget?: (state: BudgetState) => void;
  /** The provider does not know a parameter, which is left out from now on. */
  readonly onDropped?: (wish: Wish, complaint: string) => void;
}

/** A provider's model, asked with patience and within the budget, what it has answered being kept in the store. Nothing is sent before the first question. Throws InputError `LLM.…`. */
export async function openConsultant({ prices: own, budget: limits, deadlineMs, maxInFlight, ...provider }: ConsultantOptions, store: Store, observer: ConsultantObserver): Promise<FrugalConsultant> {
  const ledger = openLedger(store);
  const prices = await openPrices({ own, baseUrl: provider.baseUrl });
  const model = openLanguageModel({ ...provider, onLimits: (told) => patient.heed(told), onDropped: observer.onDropped });
  const patient: PatientModel = new PatientModel(model, { deadlineMs, maxInFlight }, { observer: observer.model });
  const budget = new Budget({ ledger, limits: () => limits, onChange: observer.onBudget });
  return new FrugalConsultant({ consultant: patient, replies: openReplies(store), ledger, prices, budget, observer: observer.spending });
}

/** What a reply costs when it is asked for today and at once, in US dollars; undefined where the price is not known. */
export function dollarsOf(model: string, reply: Pick<Reply, 'usage' | 'model'>, prices: Prices): number | undefined {
  const { cost } = replyCost(prices, model, reply, 'at once', Date.now());
  return cost === undefined ? undefined : cost / DOLLAR;
}
