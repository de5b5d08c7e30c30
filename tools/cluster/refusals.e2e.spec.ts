import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { mongoUri, startMongo, startSecureKafka } from '../test-servers/index.mjs';
import { freePorts } from '../test-servers/ports.mjs';
import { Cluster, sharedServers } from './cluster.fixture.js';
import { type Environment, Program } from './program.fixture.js';

const SHARED = await sharedServers();

describe('a server that will never do', () => {
  it('given an Elasticsearch of another major version, then the process ends with 2 and says why', async () => {
    const { code, said } = await startedOn(200, { version: { number: '8.19.3', build_flavor: 'default' }, tagline: 'You Know, for Search' });
    expect(code).toBe(2);
    expect(said).toContain('8.19.3');
  }, 60 * SECONDS);

  it('given an Elasticsearch that refuses the password, then the process waits, and says so', async () => {
    const stub = await stubServer(401, { error: { type: 'security_exception', reason: 'unable to authenticate user [elastic]' }, status: 401 });
    await expectRefusal('elasticsearch', { ELASTICSEARCH_URL: stub.url, ELASTICSEARCH_USERNAME: 'elastic', ELASTICSEARCH_PASSWORD: 'wrong' });
    await stub.close();
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

(SHARED === undefined ? describe.skip : describe)('a server that refuses the password', () => {
  it('given a Kafka, then the process waits, and says so', async () => {
    const kafka = await startSecureKafka({ users: { gateway: 'right' } });
    await expectRefusal('kafka', { KAFKA_BROKERS: kafka.brokers, KAFKA_CA_FILE: kafka.caFile, KAFKA_USERNAME: 'gateway', KAFKA_PASSWORD: 'wrong' });
    await kafka.kill();
  }, 90 * SECONDS);

  it('given a MongoDB, then the process waits, and says so', async () => {
    const mongo = await startMongo({ auth: { username: 'gateway', password: 'right' } });
    await expectRefusal('mongodb', { MONGODB_URI: mongo.uri.replace('//', '//gateway:wrong@').replace('/?', '/labeler?authSource=admin&') });
    await mongo.kill();
  }, 90 * SECONDS);
});

(SHARED === undefined ? describe.skip : describe)('a process that is started before everything is there', () => {
  it.each(['gateway', 'retrieval', 'confidence-agent'])('given no topics, collections or index, then %s ends with 2 and lists what is missing', async (service) => {
    const env: Environment = { KAFKA_BROKERS: SHARED!.kafka, MONGODB_URI: mongoUri(SHARED!.mongo, 'cluster-empty'), ELASTICSEARCH_URL: SHARED!.elasticsearch, KAFKA_PREFIX: 'cluster-empty.', ELASTICSEARCH_ALIAS: 'cluster-empty', DATA_DIR: '/nonexistent' };
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

(SHARED === undefined ? describe.skip : describe)('a service in a process of its own', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.deploy(SHARED!);
  }, 300 * SECONDS);
  afterAll(() => cluster?.remove());

  it('given a Kafka that nobody answers for, then the gateway waits, says so, and ends with 0 when it is told to', async () => {
    const [nobody] = await freePorts(1);
    const program = await Program.service('gateway', { KAFKA_BROKERS: `127.0.0.1:${nobody}`, MONGODB_URI: mongoUri(SHARED!.mongo, 'cluster-empty') });
    await expectToWait('kafka', program, /cannot be reached/);
  }, 60 * SECONDS);

  it('given another process with its KAFKA_INSTANCE_ID, then one of them can read no more, and ends with 1 and the reason', async () => {
    const [one, other] = [await cluster.add('ingestion', { KAFKA_INSTANCE_ID: 'twin' }), await cluster.add('ingestion', { KAFKA_INSTANCE_ID: 'twin' })];
    await one.start();
    other.begin();
    expect(await Promise.race([one.over(), other.over()])).toBe(1);
    expect(one.said + other.said).toContain('another process uses the same KAFKA_INSTANCE_ID');
  }, 90 * SECONDS);
});

/** It neither ends nor is ready, and says of that part that it is not let in. */
async function expectRefusal(part: string, env: Environment): Promise<void> {
  await expectToWait(part, await Program.standalone(env), /password|user name|credentials|authenticat/i);
}

async function expectToWait(part: string, program: Program, reason: RegExp): Promise<void> {
  try {
    program.begin();
    await until(async () => (await program.readiness())?.report.parts[part]?.status === 'down', `${part} to be told as down`);
    const { status, report } = (await program.readiness())!;
    expect(status).toBe(503);
    expect(report.parts[part].reason).toMatch(reason);
    expect(program.said).toContain('a server does not answer; work goes on when it does');
    expect((await program.end('SIGTERM')).code).toBe(0);
  } finally {
    await program.end('SIGKILL');
  }
}

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
