import { randomUUID } from 'node:crypto';
import { type Store } from '@math-labeler/storage';
import { FrugalConsultant } from '../frugal-consultant.js';
import { Budget } from '../ledger/budget.js';
import { openLedger } from '../ledger/open-ledger.js';
import { openPrices } from '../ledger/prices.js';
import { type ConsultantOptions } from '../open-consultant.js';
import { OPENAI, openClient, openLanguageModel } from '../openai/open-model.js';
import { PatientModel } from '../patient-model.js';
import { openReplies } from '../replies/open-replies.js';
import { realTimer } from '../timer.js';
import { FILE_LIMITS } from './batch-file.js';
import { type BatchObserver, type BatchParts } from './batch-parts.js';
import { BatchRun } from './batch-run.js';
import { CollectingConsultant } from './collecting-consultant.js';
import { openBatchStore } from './open-batch-store.js';
import { ProviderBatches } from './provider-batches.js';
import { Scout } from './scout.js';

/** A provider's model that is asked in batches. */
export interface OpenedBatches {
  /** Answers from the store, and collects what is to be asked. */
  readonly consultant: CollectingConsultant;
  /** Asks it. */
  readonly run: BatchRun;
}

/** Nothing is sent before the first run. Throws InputError `LLM.…`. */
export async function openBatches(
  { prices: own, budget: limits, deadlineMs, maxInFlight, ...provider }: ConsultantOptions,
  store: Store,
  observer: BatchObserver,
  given: Partial<Pick<BatchParts, 'limits' | 'timer' | 'clock' | 'newId'>> = {},
): Promise<OpenedBatches> {
  const { timer = realTimer, clock = Date.now } = given;
  const ledger = openLedger(store);
  const replies = openReplies(store);
  const prices = await openPrices({ own, baseUrl: provider.baseUrl });
  const budget = new Budget({ ledger, limits: () => limits, clock });
  const model = openLanguageModel(provider);
  let trouble: unknown;
  const patient = new PatientModel(model, { deadlineMs, maxInFlight }, { timer, observer: { called: ({ error }) => void (trouble = error) } });
  const scout = new Scout(new FrugalConsultant({ consultant: patient, replies, ledger, prices, budget, clock }), () => trouble);
  const batches = openBatchStore(store);
  const parts: BatchParts = { limits: FILE_LIMITS, newId: randomUUID, ...given, timer, clock, model, scout, server: serverOf(provider.baseUrl), provider: new ProviderBatches(openClient(provider)), batches, budget, ledger, replies, prices, observer };
  return { consultant: new CollectingConsultant(model.name, replies), run: new BatchRun(parts) };
}

function serverOf(baseUrl: string | undefined): string {
  const { origin, pathname } = new URL(baseUrl || OPENAI);
  return `${origin}${pathname}`;
}
