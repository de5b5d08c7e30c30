import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BatchResult, readBatchLine } from './batch-result.js';
import { type ProviderBatch } from './provider-batch.js';
import { type ProviderBatches } from './provider-batches.js';

/** Results that are given together. */
const TOGETHER = 200;

/**
 * What a batch that is over has brought, in whatever order the provider has written it: the answers first, then what was not answered.
 * Files go by way of the disk, since with log probabilities they may have gigabytes. Rejects as the provider does.
 */
export async function* fetchResults(provider: ProviderBatches, batch: ProviderBatch, model: string, signal: AbortSignal): AsyncGenerator<BatchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'math-labeler-batch-'));
  try {
    for (const file of [batch.outputFile, batch.errorFile]) {
      if (file === undefined) continue;
      const path = join(folder, 'results.jsonl');
      await provider.download(file, path, signal);
      yield* resultsIn(path, batch, model);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* resultsIn(path: string, { endpoint }: ProviderBatch, model: string): AsyncGenerator<BatchResult[]> {
  let results: BatchResult[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const result = readBatchLine(line, endpoint, model);
    if (result === undefined) continue;
    results.push(result);
    if (results.length < TOGETHER) continue;
    yield results;
    results = [];
  }
  yield results;
}
