import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemLabeled } from '@math-labeler/contracts';
import { type LogRecord } from '@math-labeler/messaging';
import { batchesOf, distinctProblems, post, type Posted, view } from '../../apps/standalone/src/client.fixture.js';
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { startKafkaCluster } from '../test-servers/index.mjs';
import { Cluster, DEPLOYED, sharedServers } from './cluster.fixture.js';
import { expectOneFirstLabelEach, expectReadModelAgrees, Load, report, reportStalls } from './load.fixture.js';
import { Program } from './program.fixture.js';

const OPEN_SET = join(import.meta.dirname, '../../data/evaluation/dev-2022.jsonl');
/** The longest wait that the API allows. */
const WAIT_S = 60;
/** Problems that each gateway lets be on their way. */
const MOST_ON_THEIR_WAY = 60;
const OPEN = 80;
const SINGLE = 100;
const TWICE = 20;
const REVIEWED = 40;
const MANY = 120;
const PER_SECOND = 8;
/** Labels that are to come after a crash before the next one. */
const LABELS_BETWEEN = 60;
const servers = await sharedServers();

interface Labelled {
  readonly id: string;
  readonly label?: { readonly code: string; readonly level: string; readonly confidence: number; readonly revision: number };
}

(servers === undefined ? describe.skip : describe)('two instances of every service, on three brokers', () => {
  let kafka: Awaited<ReturnType<typeof startKafkaCluster>>;
  let cluster: Cluster;
  let first: string;
  let second: string;

  beforeAll(async () => {
    kafka = await startKafkaCluster();
    cluster = await Cluster.start({ ...servers!, kafka: kafka.brokers }, { instances: 2, replication: 3, env: { MAX_PENDING: String(MOST_ON_THEIR_WAY) } });
    [first, second] = cluster.urls;
    await labelled(first, distinctProblems(1, 'warm-up'));
  }, 300 * SECONDS);
  afterAll(async () => {
    await cluster?.remove();
    await Promise.all(kafka?.nodes.map((node) => node.kill()) ?? []);
  });

  it('given problems of both gateways, when each waits for its own, then all are labelled as one process labels them', async () => {
    const problems = openSet(OPEN);
    const [one, two] = await Promise.all([labelled(first, problems.slice(0, OPEN / 2)), labelled(second, problems.slice(OPEN / 2))]);
    const alone = await Program.standalone({ ELASTICSEARCH_URL: cluster.env['ELASTICSEARCH_URL'], ELASTICSEARCH_ALIAS: cluster.env['ELASTICSEARCH_ALIAS'], DATA_DIR: cluster.env['DATA_DIR'] });
    try {
      await alone.start();
      expect([...one, ...two].map(essence)).toEqual((await labelled(alone.url, problems)).map(essence));
    } finally {
      await alone.end('SIGTERM');
    }
  }, 60 * SECONDS);

  it('given single requests, eight at a time, then each gateway answers far within the wait, whichever instance did the work', async () => {
    const problems = distinctProblems(SINGLE, 'single').reverse();
    const times: number[] = [];
    await Promise.all(Array.from({ length: 8 }, async (_, client) => {
      for (let problem = problems.pop(); problem !== undefined; problem = problems.pop()) {
        const began = performance.now();
        const [answer] = await labelled(client % 2 === 0 ? first : second, [problem]);
        expect(answer.label?.revision).toBe(1);
        times.push(performance.now() - began);
      }
    }));
    times.sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map((share) => Math.round(times[Math.floor(times.length * share)]));
    report(`two instances of each service, 8 requests at a time: p50 ${p50} ms, p95 ${p95} ms`);
    expect(p95).toBeLessThan(1000 * WAIT_S / 4);
  }, 60 * SECONDS);

  it('given one problem that both gateways get at once, then it is one problem', async () => {
    const problems = distinctProblems(TWICE, 'twice');
    const answers = await Promise.all(problems.flatMap((problem) => [labelled(first, [problem]), labelled(second, [problem])]));
    for (const [answer] of answers) expect(answer.label?.revision).toBe(1);
    await expectOneFirstLabelEach(cluster, new Set(problems.map(({ id }) => id)));
  }, 60 * SECONDS);

  it('given an answer of a reviewer to one gateway, then the other shows it', async () => {
    const ids = distinctProblems(REVIEWED, 'single').map(({ id }) => id);
    const answers = await Promise.all(ids.map((id, i) => post(i % 2 === 0 ? first : second, `/api/feedback?wait=${WAIT_S}`, { problem_id: id, confirm: true, reviewer: 'kim' })));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
    for (const [i, id] of ids.entries()) expect((await view(i % 2 === 0 ? second : first, id)).label).toMatchObject({ revision: 2, decidedBy: 'reviewer' });
  }, 60 * SECONDS);

  it('given more problems than may be on their way, then senders wait, and in the end each gateway takes problems again', async () => {
    const waits = await Promise.all([first, second].map((url, i) => insist(url, batchesOf(distinctProblems(MANY, `many-${i}-`), 15))));
    report(`${2 * MANY} problems, ${MOST_ON_THEIR_WAY} at a time: ${waits.join(' and ')} times told to wait`);
    expect(waits[0] + waits[1]).toBeGreaterThan(0);
    for (const [i, url] of [first, second].entries()) {
      await until(async () => (await post(url, '/api/problems', distinctProblems(1, `after-${i}`))).ok, `${url} to take a problem`, 20 * SECONDS);
    }
    await expectOneFirstLabelEach(cluster, new Set([0, 1].flatMap((i) => distinctProblems(MANY, `many-${i}-`).map(({ id }) => id))));
  }, 120 * SECONDS);

  it('when all is done, then both instances of each service have done some of it', async () => {
    for (const service of DEPLOYED) {
      const done = await Promise.all(cluster.of(service).map((program) => program.finished(service)));
      report(`${service}: ${done.join(' and ')} events`);
      expect(Math.min(...done)).toBeGreaterThan(0);
    }
  });

  it('given problems that keep coming, when every process is restarted, one after the other, then each acknowledged problem has exactly one first label', async () => {
    const reviewed = (await labelled(first, distinctProblems(10, 'reviewed'))).map(({ id }) => id);
    const load = new Load(cluster.urls, PER_SECOND, 'rolling');
    await review(reviewed);
    const began = performance.now();
    const ends = await cluster.roll();
    const seconds = (performance.now() - began) / 1000;
    await load.stop();
    const records = await expectAllIsWell(load);
    await reportStalls(`${ends.length} processes restarted in ${seconds.toFixed(0)} s`, cluster, load, records);
    expect(ends.filter(({ code, seconds: took }) => code !== 0 || took > 10)).toEqual([]);
    await expectOneFirstLabelEach(cluster, new Set(reviewed));
  }, 300 * SECONDS);

  it('given problems that keep coming, when a broker, an instance that does not come back, and both at once are killed, then each acknowledged problem has exactly one first label', async () => {
    const load = new Load(cluster.urls, PER_SECOND, 'crash');
    await labels(LABELS_BETWEEN);
    await kafka.nodes[0].kill();
    await labels(LABELS_BETWEEN);
    await kafka.nodes[0].start();
    await cluster.of('labeling')[1].end('SIGKILL');
    await labels(LABELS_BETWEEN);
    const [killed] = cluster.of('confidence-agent');
    await Promise.all([kafka.nodes[1].kill(), killed.end('SIGKILL')]);
    await Promise.all([killed.start(), labels(LABELS_BETWEEN)]);
    await load.stop();
    await reportStalls('a broker, a service, and both killed', cluster, load, await expectAllIsWell(load));
  }, 300 * SECONDS);

  async function expectAllIsWell({ acknowledged }: Load): Promise<LogRecord[]> {
    const ids = new Set(acknowledged.keys());
    const records = await expectOneFirstLabelEach(cluster, ids);
    await expectReadModelAgrees(cluster, ids);
    return records;
  }

  /** Confirms labels while everything is going on, so that problems have more than one revision. */
  async function review(ids: readonly string[]): Promise<void> {
    for (const id of ids) await until(async () => (await post(first, '/api/feedback', { problem_id: id, confirm: true, reviewer: 'lee' })).ok, `feedback on ${id} to be taken`);
  }

  /** Waits for so many more labels. */
  async function labels(more: number): Promise<void> {
    const count = () => cluster.count(ProblemLabeled.topic.name).catch(() => 0);
    let before = await count();
    await until(async () => {
      before ||= await count();
      return (await count()) >= before + more;
    }, `${more} more labels`, 75 * SECONDS);
  }
});

function openSet(count: number): Posted[] {
  const lines = readFileSync(OPEN_SET, 'utf8').trim().split('\n').slice(0, count);
  return lines.map((line) => JSON.parse(line) as { id: string; text: string }).map(({ id, text }) => ({ id, content: text }));
}

async function labelled(url: string, problems: readonly Posted[]): Promise<Labelled[]> {
  const answer = await post(url, `/api/problems?wait=${WAIT_S}`, problems);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text.slice(0, 1000)}`);
  return (JSON.parse(text) as { problems: Labelled[] }).problems;
}

function essence({ id, label }: Labelled): object {
  return { id, code: label?.code, level: label?.level, confidence: label?.confidence };
}

/** Posts each batch until it is taken; gives how often the sender was told to wait. */
async function insist(url: string, batches: readonly Posted[][]): Promise<number> {
  let waits = 0;
  for (const batch of batches) {
    for (;;) {
      const answer = await post(url, '/api/problems', batch);
      const text = await answer.text();
      if (answer.ok) break;
      if (answer.status !== 429) throw new Error(`${answer.status} ${text}`);
      waits++;
      await pause(1000 * Number(answer.headers.get('retry-after')));
    }
  }
  return waits;
}
