import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type Service } from '@math-labeler/contracts';
import { readKnowledge } from '@math-labeler/labeler';
import { type KafkaBroker, type LogRecord, openKafkaBroker } from '@math-labeler/messaging';
import { normalise } from '@math-labeler/problem-text';
import { knowledgeDocuments, openElasticsearchIndex } from '@math-labeler/search';
import { dataFolder, type End } from '../../apps/standalone/src/server.fixture.js';
import { mongoUri, sharedElasticsearch, sharedKafka, sharedMongo } from '../test-servers/index.mjs';
import { type Environment, Program } from './program.fixture.js';

/** Addresses of the servers that a cluster runs on. */
export interface Servers {
  /** `host:port`, several joined by commas */
  readonly kafka: string;
  readonly mongo: string;
  readonly elasticsearch: string;
}

/** In which order a deploy starts them: whoever writes comes after whoever reads. */
export const DEPLOYED: readonly Service[] = ['confidence-agent', 'labeling', 'retrieval', 'ingestion', 'feedback', 'gateway'];

/** The run's own servers; undefined where one of them cannot run. */
export async function sharedServers(): Promise<Servers | undefined> {
  const [kafka, mongo, elasticsearch] = await Promise.all([sharedKafka(), sharedMongo(), sharedElasticsearch()]);
  return kafka === undefined || mongo === undefined || elasticsearch === undefined ? undefined : { kafka, mongo, elasticsearch };
}

export interface ClusterOptions {
  /** Of each service. */
  readonly instances?: number;
  /** Copies of each topic. */
  readonly replication?: number;
  readonly env?: Environment;
}

/** Services in processes of their own, on real servers, with topics, a database and an index that nobody else uses. */
export class Cluster {
  readonly programs: Program[] = [];
  private broker?: Promise<KafkaBroker>;

  private constructor(
    readonly env: Environment,
    private readonly folder: string,
    private readonly servers: Servers,
    readonly prefix: string,
  ) {}

  /** Runs the deploy steps on the servers; no service is started. */
  static async deploy(servers: Servers, { env = {}, replication }: Pick<ClusterOptions, 'env' | 'replication'> = {}): Promise<Cluster> {
    const name = `cluster-${randomUUID().slice(0, 8)}`;
    const folder = await dataFolder();
    const own = { DATA_DIR: folder, KAFKA_PREFIX: `${name}.`, ELASTICSEARCH_ALIAS: name };
    const cluster = new Cluster({ KAFKA_BROKERS: servers.kafka, MONGODB_URI: mongoUri(servers.mongo, name), ELASTICSEARCH_URL: servers.elasticsearch, ...own, ...env }, folder, servers, `${name}.`);
    const topics = ['topics', 'apply', ...(replication === undefined ? [] : ['--replication', String(replication)])];
    await Promise.all([cluster.command(topics), cluster.command(['db', 'migrate']), prepareIndex(servers.elasticsearch, name)]);
    return cluster;
  }

  /** Deploys and starts `instances` of every service; the first of each has a name that it keeps when it is started again (static membership). */
  static async start(servers: Servers, { instances = 1, ...options }: ClusterOptions = {}): Promise<Cluster> {
    const cluster = await Cluster.deploy(servers, options);
    try {
      for (const service of DEPLOYED) for (let i = 0; i < instances; i++) await cluster.add(service, i === 0 ? { KAFKA_INSTANCE_ID: `${service}-${i}` } : {});
      await Promise.all(cluster.programs.map((program) => program.start()));
      return cluster;
    } catch (error) {
      await cluster.remove();
      throw error;
    }
  }

  /** One more instance of a service, not started yet. */
  async add(service: Service, env: Environment = {}): Promise<Program> {
    const program = await Program.service(service, { ...this.env, ...env });
    this.programs.push(program);
    return program;
  }

  /** Everything in one process, not started yet. */
  async addStandalone(env: Environment = {}): Promise<Program> {
    const program = await Program.standalone({ ...this.env, ...env });
    this.programs.push(program);
    return program;
  }

  of(service: Service): Program[] {
    return this.programs.filter(({ name }) => name === service);
  }

  /** Those who serve the API. */
  get edges(): Program[] {
    return this.programs.filter(({ name }) => name === 'gateway' || name === 'standalone');
  }

  get urls(): string[] {
    return this.edges.map(({ url }) => url);
  }

  /** Restarts all processes, one after the other; gives how each of them ended. */
  async roll(): Promise<(End & { readonly name: string })[]> {
    const ends = [];
    for (const program of this.programs) ends.push({ name: program.name, ...(await program.restart()) });
    return ends;
  }

  /** Every record of a topic, as any other program may read it. */
  async records(topic: string): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    for await (const record of (await this.log()).read(topic, { untilIdle: 0 })) records.push(record);
    return records;
  }

  /** How many records a topic has. */
  async count(topic: string): Promise<number> {
    return (await (await this.log()).extent(topic)).reduce((sum, { first, end }) => sum + end - first, 0);
  }

  /** Ends everything and removes what it has made on the servers that go on. */
  async remove(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.end('SIGKILL')));
    await (await this.broker)?.close();
    await fetch(`${this.servers.elasticsearch}/_all/_alias/${this.env['ELASTICSEARCH_ALIAS']}`)
      .then(async (answer) => Object.keys((await answer.json()) as object))
      .then(async (names) => names.length > 0 && fetch(`${this.servers.elasticsearch}/${names.join(',')}`, { method: 'DELETE' }))
      .catch(() => {});
    rmSync(this.folder, { recursive: true, force: true });
  }

  private log(): Promise<KafkaBroker> {
    return (this.broker ??= openKafkaBroker({ brokers: this.servers.kafka.split(','), clientId: 'cluster-test', prefix: this.prefix }));
  }

  private async command(args: readonly string[]): Promise<void> {
    const { code, said } = await Program.command(args, this.env);
    if (code !== 0) throw new Error(`mathlabel ${args.join(' ')} ended with ${code}:\n${said}`);
  }
}

/** The index that a single node can hold whole: one without copies. */
async function prepareIndex(url: string, alias: string): Promise<void> {
  const index = await openElasticsearchIndex({ url, alias, replicas: 0, timeoutMs: 30_000 });
  try {
    await index.versions.prepare(knowledgeDocuments(await readKnowledge(), normalise), { dataset: 'shipped', taxonomy: 'shipped', product: '0.0.0' });
  } finally {
    await index.close();
  }
}
