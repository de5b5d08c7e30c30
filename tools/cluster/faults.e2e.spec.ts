import { setTimeout as pause } from 'node:timers/promises';
import { distinctProblems, post } from '../../apps/standalone/src/client.fixture.js';
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { startElasticsearch, startKafka, startMongo } from '../test-servers/index.mjs';
import { Cluster, type Servers, sharedServers } from './cluster.fixture.js';
import { expectOneFirstLabelEach, expectReadModelAgrees, Load, reportStalls } from './load.fixture.js';
import { type Program } from './program.fixture.js';

const PER_SECOND = 5;
const FROZEN_MS = 10 * SECONDS;
const SHARED = await sharedServers();
const PARTS = ['kafka', 'mongodb', 'elasticsearch'] as const;
type Part = (typeof PARTS)[number];
/** How long (ms) each is away in mid-run; the one that does most of the work for longest. */
const AWAY_MS: Readonly<Record<Part, number>> = { kafka: 30 * SECONDS, mongodb: 12 * SECONDS, elasticsearch: 12 * SECONDS };

(SHARED === undefined ? describe.skip : describe)('everything in one process, on servers', () => {
  let servers: { readonly kafka: Awaited<ReturnType<typeof startKafka>>; readonly mongodb: Awaited<ReturnType<typeof startMongo>>; readonly elasticsearch: Awaited<ReturnType<typeof startElasticsearch>> };
  let cluster: Cluster;
  let program: Program;

  beforeAll(async () => {
    const [kafka, mongodb, elasticsearch] = await Promise.all([startKafka(), startMongo(), startElasticsearch()]);
    servers = { kafka, mongodb, elasticsearch };
    cluster = await Cluster.deploy(addresses());
    program = await cluster.addStandalone();
  }, 300 * SECONDS);
  afterAll(async () => {
    await cluster?.remove();
    await Promise.all(Object.values(servers ?? {}).map((server) => server.kill()));
  });

  it('given servers that are not there, when it is started, then it says which are missing, and goes on by itself when they come', async () => {
    await Promise.all(PARTS.map((part) => servers[part].kill()));
    program.begin();
    for (const part of PARTS) {
      await until(async () => (await program.readiness())?.report.parts[part]?.status === 'down', `${part} to be told as down`);
      const { status, report: told } = (await program.readiness())!;
      expect(status).toBe(503);
      expect(told.status).toBe('starting');
      expect(told.parts[part].reason).toMatch(/\S/);
      expect(program.said).toMatch(new RegExp(`"part":"${part}","reason":"[^"]+","msg":"a server does not answer; work goes on when it does"`));
    }
    await Promise.all(PARTS.map((part) => servers[part].start()));
    await program.ready();
    await labelled(1, 'first');
  }, 120 * SECONDS);

  it.each(PARTS)('given problems that keep coming, when %s is killed and comes back, then nothing acknowledged is lost and work goes on by itself', async (part) => {
    await underLoad(`${part} away for ${AWAY_MS[part] / SECONDS} s`, async () => {
      await servers[part].kill();
      await told(part, 'down');
      await pause(AWAY_MS[part]);
      await servers[part].start();
      await told(part, 'up');
    });
  }, 150 * SECONDS);

  it.each(PARTS)('given problems that keep coming, when %s does not answer for 10 s, then nothing acknowledged is lost and work goes on by itself', async (part) => {
    await underLoad(`${part} frozen for ${FROZEN_MS / SECONDS} s`, async () => {
      servers[part].freeze();
      try {
        await Promise.all([told(part, 'down'), pause(FROZEN_MS)]);
      } finally {
        servers[part].thaw();
      }
      await told(part, 'up');
    });
  }, 150 * SECONDS);

  it('given an Elasticsearch that takes no writes for a full disk, when a reviewer teaches something, then labelling goes on, and what was taught is learnt once there is room', async () => {
    const index = `${servers.elasticsearch.url}/${cluster.env['ELASTICSEARCH_ALIAS']}`;
    const block = (isFull: boolean | null) => fetch(`${index}/_settings`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ 'index.blocks.read_only_allow_delete': isFull }) });
    const [id] = await labelled(1, 'taught');
    expect((await block(true)).ok).toBe(true);
    expect((await post(program.url, '/api/feedback?wait=20', { problem_id: id, confirm: true })).status).toBe(200);
    await labelled(3, 'meanwhile');
    await until(() => program.said.includes('will try again'), 'the log to say that something is tried again');
    await block(null);
    const found = async () => ((await (await fetch(`${index}/_doc/${encodeURIComponent(`review:${id}`)}`)).json().catch(() => ({}))) as { found?: boolean }).found === true;
    await until(found, 'what was taught to be in the index', 30 * SECONDS);
  }, 90 * SECONDS);

  function addresses(): Servers {
    return { kafka: servers.kafka.brokers, mongo: servers.mongodb.uri, elasticsearch: servers.elasticsearch.url };
  }

  async function told(part: Part, status: 'up' | 'down'): Promise<void> {
    const isSo = async () => {
      const readiness = await program.readiness();
      return readiness?.report.parts[part].status === status && (readiness.status === 200) === (status === 'up');
    };
    await until(isSo, `${part} to be told as ${status}`, 60 * SECONDS).catch(async (error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await program.readiness())}\n${program.said.slice(-2000)}`);
    });
  }

  /** Posts problems that are labelled before it resolves; gives their ids. */
  async function labelled(count: number, name: string): Promise<string[]> {
    const problems = distinctProblems(count, name);
    const answer = await post(program.url, '/api/problems?wait=60', problems);
    expect({ status: answer.status, text: answer.ok ? '' : await answer.text() }).toEqual({ status: 200, text: '' });
    return problems.map(({ id }) => id);
  }

  async function underLoad(what: string, work: () => Promise<void>): Promise<void> {
    const load = new Load([program.url], PER_SECOND, what.replaceAll(' ', '-'));
    try {
      await until(() => load.acknowledged.size >= 20, 'the first problems to be taken');
      await work();
      const now = load.acknowledged.size;
      await until(() => load.acknowledged.size >= now + 20, 'problems to be taken again', 30 * SECONDS);
    } finally {
      await load.stop();
    }
    const ids = new Set(load.acknowledged.keys());
    const records = await expectOneFirstLabelEach(cluster, ids);
    await reportStalls(what, cluster, load, records);
    await expectReadModelAgrees(cluster, ids);
  }
});
