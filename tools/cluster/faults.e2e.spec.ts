import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
// eslint-disable-next-line @nx/enforce-module-boundaries -- test support, which no library offers
import { distinctProblems, post } from '../../apps/standalone/src/client.fixture.js';
// eslint-disable-next-line @nx/enforce-module-boundaries -- test support, which no library offers
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { startElasticsearch, startKafka, startMongo } from '../test-servers/index.mjs';
import { Cluster, type Servers, sharedServers } from './cluster.fixture.js';
import { expectOneFirstLabelEach, expectReadModelAgrees, Load, longestStall, report } from './load.fixture.js';
import { type Environment, Program } from './program.fixture.js';

const PER_SECOND = 10;
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
    report(`${what}: ${ids.size} problems; longest time without a label ${longestStall(records).toFixed(1)} s, without an acknowledgement ${(load.longestWait / 1000).toFixed(1)} s`);
    await expectReadModelAgrees(cluster, ids);
  }
});

describe('a server that will never do', () => {
  it('given an Elasticsearch of another major version, then the process ends with 2 and says why', async () => {
    const { code, said } = await startedOn(200, { version: { number: '8.19.3', build_flavor: 'default' }, tagline: 'You Know, for Search' });
    expect(code).toBe(2);
    expect(said).toContain('8.19.3');
  }, 60 * SECONDS);

  it('given an Elasticsearch that refuses the password, then the process waits, and says so', async () => {
    const stub = await stubServer(401, { error: { type: 'security_exception', reason: 'unable to authenticate user [elastic]' }, status: 401 });
    const program = await Program.standalone({ ELASTICSEARCH_URL: stub.url, ELASTICSEARCH_USERNAME: 'elastic', ELASTICSEARCH_PASSWORD: 'wrong' });
    try {
      program.begin();
      await until(async () => (await program.readiness())?.report.parts['elasticsearch']?.status === 'down', 'Elasticsearch to be told as down');
      expect((await program.readiness())!.status).toBe(503);
      expect((await program.readiness())!.report.parts['elasticsearch'].reason).toMatch(/password|credentials|authenticate/i);
    } finally {
      await program.end('SIGTERM');
      await stub.close();
    }
  }, 60 * SECONDS);

  async function startedOn(status: number, answer: object): Promise<{ readonly code: number | null; readonly said: string }> {
    const stub = await stubServer(status, answer);
    const program = await Program.standalone({ ELASTICSEARCH_URL: stub.url });
    try {
      program.begin();
      return { code: await program.over(), said: program.said };
    } finally {
      await program.end('SIGKILL');
      await stub.close();
    }
  }
});

(SHARED === undefined ? describe.skip : describe)('a process that is started before everything is there', () => {
  it.each(['gateway', 'retrieval', 'confidence-agent'])('given no topics, collections or index, then %s ends with 2 and lists what is missing', async (service) => {
    const env: Environment = { KAFKA_BROKERS: SHARED!.kafka, MONGODB_URI: SHARED!.mongo.replace('/?', '/cluster-empty?'), ELASTICSEARCH_URL: SHARED!.elasticsearch, KAFKA_PREFIX: 'cluster-empty.', ELASTICSEARCH_ALIAS: 'cluster-empty', DATA_DIR: '/nonexistent' };
    const program = await Program.service(service, env);
    program.begin();
    expect(await program.over()).toBe(2);
    if (service === 'confidence-agent') expect(program.said).toContain('run mathlabel train first');
    else for (const command of ['topics apply', 'db migrate', ...(service === 'retrieval' ? ['index build'] : [])]) expect(program.said).toContain(`run mathlabel ${command}`);
  }, 60 * SECONDS);

  it('given no servers named, then every service ends with 2 and names the variables', async () => {
    const program = await Program.service('retrieval', {});
    program.begin();
    expect(await program.over()).toBe(2);
    for (const name of ['KAFKA_BROKERS', 'MONGODB_URI', 'ELASTICSEARCH_URL']) expect(program.said).toContain(`${name} is not set`);
  }, 60 * SECONDS);
});

/** Answers everything alike, as an Elasticsearch does. */
async function stubServer(status: number, answer: object): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
