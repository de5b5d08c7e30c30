import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Built from './index.js';
import { trainModel } from './train-model.js';
import { smallSet } from './small-set.fixture.js';

/** Threads run compiled code, so this one spec drives the built library. */
async function built(): Promise<typeof Built> {
  const root = join(import.meta.dirname, '../../..');
  const { build } = (await import(pathToFileURL(join(root, 'tools/build.mjs')).href)) as { build: () => Promise<number> };
  await build();
  return (await import(pathToFileURL(join(root, 'libs/local-model/dist/index.js')).href)) as typeof Built;
}

describe('training in threads', () => {
  test('gives what training in this thread gives, and tells how far it is', async () => {
    const { runTrainingJobs, modelOf } = await built();
    const shares: number[] = [];
    const [scores, model] = await runTrainingJobs(smallSet(), [{ leaveOut: 1 }, {}], { threads: 2, onProgress: (share) => shares.push(share) });
    expect(modelOf(model).standards.classifier.weights).toEqual(trainModel(smallSet(), undefined).standards.classifier.weights);
    expect(scores).toMatchObject({ kind: 'scores' });
    expect(scores.kind === 'scores' && [...scores.scores.rows]).toEqual([4]);
    expect(shares.at(-1)).toBe(1);
  });

  test('a thread that is aborted does not finish its work', async () => {
    const { runTrainingJobs } = await built();
    const controller = new AbortController();
    const shares: number[] = [];
    const long = { ...smallSet(), standardCount: 250 };
    const onProgress = (share: number) => {
      shares.push(share);
      controller.abort();
    };
    await expect(runTrainingJobs(long, [{}], { threads: 1, signal: controller.signal, onProgress })).rejects.toThrow('aborted');
    expect(shares.at(-1)).toBeLessThan(1);
  });

  const threads = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Worker' || resource === 'MessagePort').length;

  test('rejects with the reason of the signal when it is aborted', async () => {
    const { runTrainingJobs } = await built();
    const reason = new Error('changed my mind');
    const controller = new AbortController();
    const running = runTrainingJobs(smallSet(), [{}, {}, {}], { threads: 2, signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(running).rejects.toBe(reason);
    expect(threads()).toBe(0);
    await expect(runTrainingJobs(smallSet(), [{}], { threads: 1, signal: controller.signal })).rejects.toBe(reason);
  });
});
