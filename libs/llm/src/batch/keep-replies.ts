import { type Reply } from '../language-model.js';
import { callId, type LedgerStore } from '../ledger/ledger.store.js';
import { type Prices } from '../ledger/prices.js';
import { replyCost } from '../ledger/reply-cost.js';
import { replyKey } from '../replies/reply-key.js';
import { type ReplyStore } from '../replies/reply.store.js';
import { type BatchedQuestion, type KeptBatch } from './batch.store.js';
import { isReply } from './batch-result.js';
import { BatchTally } from './batch-tally.js';
import { fetchResults } from './fetch-results.js';
import { type ProviderBatch } from './provider-batch.js';
import { type ProviderBatches } from './provider-batches.js';

export interface KeepingParts {
  readonly provider: ProviderBatches;
  readonly ledger: LedgerStore;
  readonly replies: ReplyStore;
  readonly prices: Prices;
}

/**
 * Keeps what a batch that is over has brought, each reply under its question; names that are not of its questions are passed over. Done again, it changes
 * nothing. Rejects as provider and stores do.
 */
export async function keepReplies(parts: KeepingParts, kept: KeptBatch, batch: ProviderBatch, signal: AbortSignal): Promise<BatchTally> {
  const open = new Map(kept.questions.map((question) => [replyKey(kept.model, question.key), question]));
  const tally = new BatchTally();
  for await (const results of fetchResults(parts.provider, batch, kept.model, signal)) {
    signal.throwIfAborted();
    const keeping: Promise<void>[] = [];
    for (const { question: name, outcome } of results) {
      const question = open.get(name);
      if (question === undefined) continue;
      open.delete(name);
      if (isReply(outcome)) keeping.push(keepReply(parts, kept.model, batch, question, outcome));
      else tally.fail(outcome);
    }
    await Promise.all(keeping);
    tally.answered += keeping.length;
  }
  tally.fail({ reason: batch.status === 'completed' ? 'no reply' : batch.status, message: batch.complaint ?? '' }, open.size);
  return tally;
}

/** The ledger first: a crash in between is made good when the batch is looked at again. */
async function keepReply({ ledger, replies, prices }: KeepingParts, model: string, { id, doneAt }: ProviderBatch, { key, purpose }: BatchedQuestion, reply: Reply): Promise<void> {
  const cost = replyCost(prices, model, reply, 'batch', doneAt.getTime());
  await ledger.record({ id: callId(model, key, id), at: doneAt.toISOString(), model, purpose, way: 'batch', ...cost });
  await replies.keep(model, key, reply);
}
