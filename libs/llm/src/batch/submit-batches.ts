import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Question } from '../language-model.js';
import { dayOf } from '../ledger/sums.js';
import { portionsOf, writeBatchFile } from './batch-file.js';
import { type KeptBatch } from './batch.store.js';
import { giveUp } from './batch-errors.js';
import { type BatchParts } from './batch-parts.js';
import { estimateBatch } from './estimate.js';

/**
 * Hands questions over, as many together as fit into one file. Each batch is kept before it is made, so that one whose id a crash keeps from being heard
 * is found again by the name it has from us. Rejects with InputError LLM.…, as the stores do, and with the signal's reason; what was handed over before goes on.
 */
export async function submitBatches(parts: BatchParts, questions: readonly Question[], signal: AbortSignal): Promise<KeptBatch[]> {
  const submitted: KeptBatch[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'math-labeler-batch-'));
  try {
    for (const portion of portionsOf(questions, parts.model, parts.limits)) submitted.push(await submit(parts, portion, join(folder, 'questions.jsonl'), signal));
    return submitted;
  } catch (error) {
    throw giveUp(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function submit(parts: BatchParts, portion: readonly Question[], path: string, signal: AbortSignal): Promise<KeptBatch> {
  const { model, server, batches, provider, prices, clock, newId, observer } = parts;
  const estimate = await estimateBatch(portion, prices.priceOf(model.name, dayOf(clock())));
  const questions = portion.map(({ key, purpose }) => ({ key, purpose }));
  const id = newId();
  await writeBatchFile(path, portion, model);
  const file = await provider.upload(path, `${id}.jsonl`, signal);
  const prepared: KeptBatch = { id, model: model.name, server, submittedAt: new Date(clock()).toISOString(), questions, estimate, file };
  await batches.keep(prepared);
  const { id: batch } = await provider.create(file, model.path, id, signal);
  const submitted = { ...prepared, batch };
  await batches.keep(submitted);
  observer.onSubmitted?.(portion.length, estimate);
  return submitted;
}
