import { type Question } from '../language-model.js';
import { dayOf } from '../ledger/sums.js';
import { replyKey } from '../replies/reply-key.js';
import { awaitBatches, discard } from './await-batches.js';
import { type KeptBatch } from './batch.store.js';
import { requireBudget } from './batch-budget.js';
import { batchError, giveUp } from './batch-errors.js';
import { type BatchParts } from './batch-parts.js';
import { type BatchTally } from './batch-tally.js';
import { estimateBatch } from './estimate.js';
import { submitBatches } from './submit-batches.js';

/** Questions that are looked up side by side. */
const TOGETHER = 200;

/** Brings replies into the store by way of the provider's batches; what was handed over before, by whomever, is never handed over again. */
export class BatchRun {
  constructor(private readonly parts: BatchParts) {}

  /**
   * Waits for the batches that have some of these questions already, hands over what is then still missing, and waits for that.
   * Rejects with InputError LLM.…, as the stores do, and with the signal's reason; done again it goes on.
   */
  async run(questions: readonly Question[], signal: AbortSignal): Promise<BatchTally> {
    const found = await this.found(questions, signal);
    if (found.length > 0) this.parts.observer.onFound?.(found.length, found.reduce((sum, batch) => sum + batch.questions.length, 0));
    const before = await awaitBatches(this.parts, found, signal);
    const missing = await this.missing(questions);
    const tally = await awaitBatches(this.parts, await this.submit(missing, signal), signal);
    if (tally.refusal !== undefined) throw refused(tally.refusal);
    // What failed in those was asked again.
    tally.answered += before.answered;
    return tally;
  }

  /** The batches under way that have one of these questions; those of which the provider never heard are given up. */
  private async found(questions: readonly Question[], signal: AbortSignal): Promise<KeptBatch[]> {
    const { model, server, batches } = this.parts;
    const wanted = new Set(questions.map(({ key }) => replyKey(model.name, key)));
    const ours = (await batches.pending()).filter((batch) => batch.model === model.name && batch.server === server);
    const found: KeptBatch[] = [];
    for (const kept of ours) {
      if (!kept.questions.some(({ key }) => wanted.has(replyKey(model.name, key)))) continue;
      const known = kept.batch === undefined ? await this.recover(kept, signal) : kept;
      if (known !== undefined) found.push(known);
    }
    return found;
  }

  /** Looks at the provider for a batch whose id was never kept. */
  private async recover(kept: KeptBatch, signal: AbortSignal): Promise<KeptBatch | undefined> {
    const { provider, batches } = this.parts;
    try {
      const batch = await provider.find(kept.id, new Date(kept.submittedAt), signal);
      if (batch !== undefined) {
        const known = { ...kept, batch: batch.id };
        await batches.keep(known);
        return known;
      }
    } catch (error) {
      throw giveUp(error);
    }
    await discard(this.parts, kept.file, signal);
    await batches.settle(kept.id, 'never submitted');
    return undefined;
  }

  private async missing(questions: readonly Question[]): Promise<Question[]> {
    const { model, replies } = this.parts;
    const missing: Question[] = [];
    for (let begin = 0; begin < questions.length; begin += TOGETHER) {
      const some = questions.slice(begin, begin + TOGETHER);
      const stored = await Promise.all(some.map(({ key }) => replies.find(model.name, key)));
      missing.push(...some.filter((_, i) => stored[i] === undefined));
    }
    return missing;
  }

  private async submit(questions: readonly Question[], signal: AbortSignal): Promise<KeptBatch[]> {
    if (questions.length === 0) return [];
    const { provider, prices, model, budget, batches, clock, scout } = this.parts;
    try {
      await provider.require(signal);
    } catch (error) {
      throw giveUp(error);
    }
    const estimate = await estimateBatch(questions, prices.priceOf(model.name, dayOf(clock())));
    const underWay = (await batches.pending()).reduce((sum, batch) => sum + batch.estimate, 0);
    await requireBudget(budget, estimate, underWay);
    return submitBatches(this.parts, await scout.goAhead(questions, signal), signal);
  }
}

function refused(complaint: string): Error {
  return batchError('BATCH_REFUSED', { ko: `제공자가 묶음을 받지 않았습니다 (${complaint})`, en: `the provider has refused the batch (${complaint})` });
}
