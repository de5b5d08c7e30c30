import { setTimeout as pause } from 'node:timers/promises';
import { type Label, ProblemLabeled, ProblemSubmitted } from '@math-labeler/contracts';
import { type LogRecord } from '@math-labeler/messaging';
import { batchesOf, distinctProblems, listed, post, type Posted } from '../../apps/standalone/src/client.fixture.js';
import { labelsByEventId, SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { type Cluster } from './cluster.fixture.js';

const BATCH = 10;
const MOST = 20_000;
/** A client gives a request up after this long (ms), and sends it again. */
const PATIENCE = 10 * SECONDS;

/** Clients that go on posting problems until they are stopped, one for each gateway; whoever is refused goes to the next gateway. */
export class Load {
  readonly acknowledged = new Map<string, Posted>();
  /** The longest that a client waited for an acknowledgement, in ms. */
  longestWait = 0;
  private readonly stopping = new AbortController();
  private readonly clients: Promise<void>[];

  /** @param perSecond problems, of all clients together */
  constructor(
    private readonly urls: readonly string[],
    private readonly perSecond: number,
    prefix = 'load',
  ) {
    this.clients = urls.map((_, i) => this.keepPosting(i, batchesOf(distinctProblems(MOST / urls.length, `${prefix}-${i}-`), BATCH)));
  }

  /** Resolves once everything that was begun is acknowledged. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.clients);
  }

  private async keepPosting(client: number, batches: readonly Posted[][]): Promise<void> {
    const every = (1000 * BATCH * this.urls.length) / this.perSecond;
    for (const batch of batches) {
      const began = performance.now();
      await this.deliver(client, batch);
      this.longestWait = Math.max(this.longestWait, performance.now() - began);
      for (const problem of batch) this.acknowledged.set(problem.id, problem);
      await pause(Math.max(0, every - (performance.now() - began)), undefined, { signal: this.stopping.signal }).catch(() => {});
      if (this.stopping.signal.aborted) return;
    }
  }

  private async deliver(first: number, batch: readonly Posted[]): Promise<void> {
    for (let turn = first; ; turn++) {
      const answer = await Promise.race([post(this.urls[turn % this.urls.length], '/api/problems', batch).catch(() => undefined), pause(PATIENCE, undefined, { ref: false })]);
      const text = await answer?.text().catch(() => undefined);
      if (answer?.ok && text !== undefined) return;
      if (answer !== undefined && !answer.ok && answer.status !== 429 && answer.status !== 503) throw new Error(`${answer.status} ${text}`);
      await pause(100);
    }
  }
}

/** What the result topic tells of these problems: none is lost, each has one first label, and its revisions come in order. Gives the labels' records. */
export async function expectOneFirstLabelEach(cluster: Cluster, ids: ReadonlySet<string>, within = 60 * SECONDS): Promise<LogRecord[]> {
  const topic = ProblemLabeled.topic.name;
  let records: LogRecord[] = [];
  let seen = -1;
  await until(async () => {
    const count = await cluster.count(topic);
    if (count === seen) return false;
    seen = count;
    records = (await cluster.records(topic)).filter(({ key }) => ids.has(key!));
    return new Set(records.map(({ key }) => key)).size === ids.size;
  }, `a label for each of ${ids.size} problems`, within).catch(() => {});
  const labels = [...labelsByEventId(records).values()];
  const first = labels.filter(({ revision }) => revision === 1).map(({ id }) => id);
  expect(new Set(first)).toEqual(ids); // None lost.
  expect(first).toHaveLength(ids.size); // No second effect.
  expect(outOfOrder(labels)).toEqual([]);
  return records;
}

/** Waits until every gateway shows nothing pending, then compares what it shows of these problems. */
export async function expectReadModelAgrees(cluster: Cluster, ids: ReadonlySet<string>): Promise<void> {
  for (const { url, said } of cluster.edges) {
    const pending = () => listed(url, 'status=pending');
    // A call that a dead connection swallowed is made again after the handler's deadline.
    await until(async () => (await pending()).length === 0, `nothing pending at ${url}`, 90 * SECONDS).catch(async (error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify((await pending()).slice(0, 10))}\n${said.slice(-3000)}`);
    });
    const labelled = (await listed(url)).filter(({ id, status }) => ids.has(id) && status !== 'failed' && status !== 'rejected');
    expect(new Set(labelled.map(({ id }) => id))).toEqual(ids);
    expect(labelled).toHaveLength(ids.size);
  }
}

/** Ids of problems whose revisions, each at its first telling, do not rise. */
function outOfOrder(labels: readonly Label[]): string[] {
  const newest = new Map<string, number>();
  const wrong: string[] = [];
  for (const { id, revision } of labels) {
    if (revision <= (newest.get(id) ?? 0)) wrong.push(`${id} ${revision}`);
    newest.set(id, revision);
  }
  return wrong;
}

/** How long a disturbance was felt, for whoever reads the test's output. @param labels what `expectOneFirstLabelEach` gave */
export async function reportStalls(what: string, cluster: Cluster, load: Load, labels: readonly LogRecord[]): Promise<void> {
  const submitted = new Map((await cluster.records(ProblemSubmitted.topic.name)).map(({ key, timestamp }) => [key, timestamp]));
  const first = new Map(labels.toReversed().map(({ key, timestamp }) => [key, timestamp]));
  const slowest = Math.max(...[...first].map(([key, timestamp]) => timestamp - submitted.get(key)!));
  const times = labels.map(({ timestamp }) => timestamp).sort((a, b) => a - b);
  const silence = Math.max(...times.slice(1).map((time, i) => time - times[i]));
  const [wait, gap, slow] = [load.longestWait, silence, slowest].map((ms) => `${(ms / 1000).toFixed(1)} s`);
  report(`${what}: ${load.acknowledged.size} problems; longest wait for an acknowledgement ${wait}, time without any label ${gap}, from submission to label ${slow}`);
}

/** For whoever reads the test's output. */
export function report(line: string): void {
  process.stderr.write(`    ${line}\n`);
}
