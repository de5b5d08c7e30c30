import { openLogger } from '@math-labeler/service-kit';
import { Admission } from './admission.js';
import { OthersProgress } from './others-progress.js';
import { type KnownProblem, type ProblemViewStore } from './stores/problem-view.store.js';
import { WaitingRequests } from './waiting-requests.js';

const SECONDS = 1000;

function bench() {
  const written = new Map<string, KnownProblem>();
  const asked: string[][] = [];
  const store = { known: async (ids: readonly string[]) => (asked.push([...ids]), ids.map((id) => written.get(id))) } as Partial<ProblemViewStore> as ProblemViewStore;
  const waiting = new WaitingRequests();
  const admission = new Admission(10, Date.now);
  const others = new OthersProgress(store, waiting, admission, openLogger('silent'));
  others.onApplicationBootstrap();
  return { written, asked, waiting, admission, others };
}

const known = (id: string, status: KnownProblem['status']): KnownProblem => ({ id, status, revision: status === 'pending' ? 0 : 1, content: '' });

test('whoever waits is told of what another gateway has finished', async () => {
  const { written, waiting, others } = bench();
  const watch = waiting.watch(['a'], ({ isFinished }) => isFinished);
  written.set('a', known('a', 'pending'));
  setTimeout(() => written.set('a', known('a', 'accepted')), 60);
  const began = performance.now();
  await watch.settled(10 * SECONDS);
  expect(performance.now() - began).toBeLessThan(5 * SECONDS);
  watch.end();
  await others.onModuleDestroy();
});

test('a problem that another gateway has seen counts no longer as unseen here', async () => {
  const { written, admission, others } = bench();
  admission.publishing('a', { eventId: 'e', published: Promise.resolve() });
  written.set('a', known('a', 'accepted'));
  for (const last = Date.now() + 5 * SECONDS; admission.find('a') !== undefined && Date.now() < last; ) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(admission.onTheirWay).toBe(0);
  await others.onModuleDestroy();
});

test('nothing is asked for when nobody waits', async () => {
  const { asked, others } = bench();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(asked).toEqual([]);
  await others.onModuleDestroy();
});
