import { setTimeout as pause } from 'node:timers/promises';
import { distinctProblems, post } from '../../apps/standalone/src/client.fixture.js';
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { startElasticsearch, startKafka, startMongo } from '../test-servers/index.mjs';
import { Cluster, type Servers, sharedServers } from './cluster.fixture.js';
import { expectOneFirstLabelEach, expectReadModelAgrees, Load, reportStalls } from './load.fixture.js';
import { type Program } from './program.fixture.js';

const PER_SECOND = 4;
const FROZEN_MS = 10 * SECONDS;
const PARTS = ['kafka', 'mongodb', 'elasticsearch'] as const;
type Part = (typeof PARTS)[number];
/** How long (ms) each is away in mid-run. */
const AWAY_MS = 30 * SECONDS;
const servers = await sharedServers();

(servers === undefined ? describe.skip : describe)('everything in one process, on servers one of which fails', () => {
  // What fails for one does not concern the others, so that all three go through it at the same time.
  const outages = {} as Record<Part, Outages>;

  beforeAll(async () => {
    await Promise.all(PARTS.map(async (part) => (outages[part] = await Outages.of(part, servers!))));
    for (const part of PARTS) outages[part].begin();
  }, 300 * SECONDS);
  afterAll(() => Promise.all(PARTS.map((part) => outages[part]?.end())));

  it.each(PARTS)('given a %s that is not there, when it is started, then it says so, and goes on by itself when it comes', (part) => outages[part].atStart, 120 * SECONDS);

  it.each(PARTS)('given problems that keep coming, when %s is killed and comes back, then nothing acknowledged is lost and work goes on by itself', (part) => outages[part].away, 240 * SECONDS);

  it.each(PARTS)('given problems that keep coming, when %s does not answer for 10 s, then nothing acknowledged is lost and work goes on by itself', (part) => outages[part].frozen, 240 * SECONDS);

  it('given an Elasticsearch that takes no writes for a full disk, when a reviewer teaches something, then labelling goes on, and what was taught is learnt once there is room', async () => {
    const { cluster, program, alias } = outages.elasticsearch;
    const block = (isFull: boolean | null) => fetch(`${alias}/_settings`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ 'index.blocks.read_only_allow_delete': isFull }) });
    const saidBefore = program.said.length;
    await outages.elasticsearch.labelled(1, 'taught');
    expect((await block(true)).ok).toBe(true);
    expect((await post(program.url, '/api/feedback?wait=20', { problem_id: 'taught0', confirm: true })).status).toBe(200);
    await outages.elasticsearch.labelled(3, 'meanwhile');
    await until(() => program.said.slice(saidBefore).includes('will try again'), 'the log to say that something is tried again');
    await block(null);
    const found = async () => ((await (await fetch(`${alias}/_doc/${encodeURIComponent('review:taught0')}`)).json()) as { found?: boolean }).found === true;
    await until(found, 'what was taught to be in the index', 30 * SECONDS);
    expect(await cluster.count('feedback.recorded.v1.dlq')).toBe(0);
  }, 90 * SECONDS);
});

/** What one server does to a process: it is not there at the start, goes away, and hangs, one after the other. */
class Outages {
  atStart!: Promise<void>;
  away!: Promise<void>;
  frozen!: Promise<void>;

  private constructor(
    private readonly part: Part,
    private readonly server: Awaited<ReturnType<typeof startServer>>,
    readonly cluster: Cluster,
    readonly program: Program,
    /** Of the index, on its server. */
    readonly alias: string,
  ) {}

  static async of(part: Part, shared: Servers): Promise<Outages> {
    const server = await startServer(part);
    const own: Servers = { ...shared, [part === 'mongodb' ? 'mongo' : part]: server.address };
    const cluster = await Cluster.deploy(own);
    return new Outages(part, server, cluster, await cluster.addStandalone(), `${own.elasticsearch}/${cluster.env['ELASTICSEARCH_ALIAS']}`);
  }

  begin(): void {
    this.atStart = this.missAtStart();
    this.away = this.atStart.then(() => this.goAway());
    this.frozen = this.away.then(() => this.freeze());
    this.frozen.catch(() => {}); // Whoever waits for a step hears.
  }

  async end(): Promise<void> {
    await this.server.kill();
    await this.cluster.remove();
  }

  async labelled(count: number, name: string): Promise<void> {
    const answer = await post(this.program.url, '/api/problems?wait=60', distinctProblems(count, name));
    expect({ status: answer.status, text: answer.ok ? '' : await answer.text() }).toEqual({ status: 200, text: '' });
  }

  private async missAtStart(): Promise<void> {
    const { part, server, program } = this;
    await server.kill();
    program.begin();
    await this.told('down');
    const { status, report } = (await program.readiness())!;
    expect({ status, state: report.status }).toEqual({ status: 503, state: 'starting' });
    expect(report.parts[part].reason).toMatch(/\S/);
    expect(program.said).toMatch(new RegExp(`"part":"${part}","reason":"[^"]+","msg":"a server does not answer; work goes on when it does"`));
    await server.start();
    await program.ready();
    await this.labelled(1, 'first');
  }

  private goAway(): Promise<void> {
    return this.underLoad(`${this.part} away for ${AWAY_MS / SECONDS} s`, async () => {
      await this.server.kill();
      await Promise.all([this.told('down'), pause(AWAY_MS)]);
      await this.server.start();
    });
  }

  private freeze(): Promise<void> {
    return this.underLoad(`${this.part} frozen for ${FROZEN_MS / SECONDS} s`, async () => {
      this.server.freeze();
      await Promise.all([this.told('down'), pause(FROZEN_MS)]).finally(() => this.server.thaw());
    });
  }

  private async underLoad(what: string, disturb: () => Promise<void>): Promise<void> {
    const load = new Load([this.program.url], PER_SECOND, what.replaceAll(' ', '-'));
    try {
      await until(() => load.acknowledged.size >= 20, 'the first problems to be taken');
      await disturb();
      await this.told('up');
      const now = load.acknowledged.size;
      await until(() => load.acknowledged.size >= now + 20, 'problems to be taken again', 30 * SECONDS);
    } finally {
      await load.stop();
    }
    const ids = new Set(load.acknowledged.keys());
    await reportStalls(what, this.cluster, load, await expectOneFirstLabelEach(this.cluster, ids));
    await expectReadModelAgrees(this.cluster, ids);
  }

  /** Waits until `/health/ready` says so. */
  private async told(status: 'up' | 'down'): Promise<void> {
    const isSo = async () => {
      const readiness = await this.program.readiness();
      return readiness?.report.parts[this.part]?.status === status && (readiness.status === 200) === (status === 'up');
    };
    await until(isSo, `${this.part} to be told as ${status}`).catch(async (error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await this.program.readiness())}\n${this.program.said.slice(-2000)}`);
    });
  }
}

function startServer(part: Part) {
  return part === 'kafka' ? startKafka() : part === 'mongodb' ? startMongo() : startElasticsearch();
}
