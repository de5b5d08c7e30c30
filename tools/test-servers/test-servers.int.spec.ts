import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { mongoUri, sharedElasticsearch, sharedKafka, sharedMongo, startElasticsearch, startKafka, startKafkaCluster, startMongo, startSecureKafka } from './index.mjs';

const [brokers, search, store] = await Promise.all([sharedKafka(), sharedElasticsearch(), sharedMongo()]);
const available = { kafka: brokers !== undefined, elasticsearch: search !== undefined, mongo: store !== undefined };
const where = (present: boolean) => (present ? describe : describe.skip);

const LONG = 120_000;
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

function kafka(brokers: string, more: Partial<ConstructorParameters<typeof Kafka>[0]> = {}) {
  return new Kafka({ clientId: 'test', brokers: brokers.split(','), logLevel: logLevel.NOTHING, ...more });
}

async function withProducer<T>(client: Kafka, use: (producer: ReturnType<Kafka['producer']>) => Promise<T>): Promise<T> {
  const producer = client.producer();
  await producer.connect();
  try {
    return await use(producer);
  } finally {
    await producer.disconnect();
  }
}

async function withAdmin<T>(client: Kafka, use: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = client.admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}

const messages = [{ value: 'one' }, { value: 'two' }];
/** The offset after the last message of the topic's one partition. */
const end = async (client: Kafka, topic: string) => (await withAdmin(client, (admin) => admin.fetchTopicOffsets(topic)))[0].high;

/** A topic of one partition that is ready to be told something: metadata names its leader before that serves. */
async function createTopic(client: Kafka, topic: string) {
  await withAdmin(client, async (admin) => {
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false });
    const deadline = Date.now() + 20_000;
    const isReady = () => admin.fetchTopicOffsets(topic).then(() => true, () => false);
    while (!(await isReady()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

function tellTwo(client: Kafka, topic: string) {
  return withProducer(client, (producer) => producer.send({ topic, messages }));
}

where(available.kafka)('a Kafka of its own', () => {
  it('is version 4.4 and keeps what it was told when it is killed and started again at the same port', async () => {
    const server = await startKafka({ properties: { 'message.max.bytes': '2000000' } });
    const client = kafka(server.brokers);
    await createTopic(client, 'kept');
    await tellTwo(client, 'kept');
    const before = server.pid;
    await server.kill();
    expect(isAlive(before)).toBe(false);
    await server.start();
    expect(server.pid).not.toBe(before);
    expect(await end(client, 'kept')).toBe('2');
    expect(server.log()).toMatch(/metadata\.version 4\.4/);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  }, LONG);

  it('answers no more while it is frozen, and again when it is thawed', async () => {
    const server = await startKafka();
    server.freeze();
    const admin = kafka(server.brokers, { connectionTimeout: 300, requestTimeout: 300, retry: { retries: 0 } }).admin();
    await expect(admin.connect()).rejects.toThrow();
    await admin.disconnect();
    server.thaw();
    expect(await withAdmin(kafka(server.brokers), (again) => again.listTopics())).toEqual([]);
    await server.stop();
  }, LONG);
});

where(available.kafka)('a Kafka cluster', () => {
  it('takes and gives messages while one of three nodes is dead', async () => {
    const cluster = await startKafkaCluster();
    const client = kafka(cluster.brokers);
    await createTopic(client, 'replicated');
    await cluster.nodes[2].kill();
    await tellTwo(client, 'replicated');
    expect(Number(await end(client, 'replicated'))).toBeGreaterThanOrEqual(2);
    expect(cluster.nodes.map(({ id }) => id)).toEqual([1, 2, 3]);
    await Promise.all(cluster.nodes.map((node) => node.kill()));
  }, LONG);
});

where(available.kafka)('a secure Kafka', () => {
  it('refuses plain text and wrong passwords, and lets a user do what an access rule allows', async () => {
    const server = await startSecureKafka({ users: { writer: 'writes' } });
    const retry = { retries: 0 };
    const as = (username: string, password: string) =>
      kafka(server.brokers, { ssl: { ca: [server.ca] }, sasl: { mechanism: 'scram-sha-512', username, password }, retry: { retries: 5 } });
    await expect(kafka(server.brokers, { retry }).admin().connect()).rejects.toThrow('Closed connection');
    await expect(as('writer', 'guesses').admin().connect()).rejects.toThrow('SASL SCRAM SHA512 authentication failed');

    const admin = as(server.admin.username, server.admin.password);
    await createTopic(admin, 'guarded');
    await expect(tellTwo(as('writer', 'writes'), 'guarded')).rejects.toThrow(/[Nn]ot authorized/);
    const rule = { resourceType: 2, resourceName: 'guarded', resourcePatternType: 3, principal: 'User:writer', host: '*', operation: 4, permissionType: 3 };
    await withAdmin(admin, (rules) => rules.createAcls({ acl: [rule] }));
    await tellTwo(as('writer', 'writes'), 'guarded');
    expect(await end(admin, 'guarded')).toBe('2');
    expect(server.log()).toMatch(/User:writer is Denied/i);
    await server.kill();
  }, LONG);
});

where(available.elasticsearch)('an Elasticsearch of its own', () => {
  it('is version 9.5.3 with Nori, keeps what it indexed when it is killed, and answers no more while it is frozen', async () => {
    const server = await startElasticsearch();
    const ask = async (path: string, body?: object, method = body ? 'POST' : 'GET', patience = 30_000) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${server.url}${path}`, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(patience) });
      return response.json();
    };
    expect(await ask('/')).toMatchObject({ version: { number: '9.5.3' } });
    const index = { settings: { number_of_replicas: 0 }, mappings: { properties: { text: { type: 'text', analyzer: 'nori' } } } };
    await ask('/kept', index, 'PUT');
    await ask('/kept/_doc/1?refresh=true', { text: '자연수의 약수를 구하시오' });
    await server.kill();
    await server.start();
    expect(await ask('/kept/_search', { query: { match: { text: '약수' } } })).toMatchObject({ hits: { total: { value: 1 } } });
    server.freeze();
    await expect(ask('/', undefined, 'GET', 500)).rejects.toThrow(/timeout/i);
    server.thaw();
    expect(await ask('/')).toMatchObject({ version: { number: '9.5.3' } });
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  }, LONG);
});

where(available.mongo)('a MongoDB of its own', () => {
  it('is version 6.0.5, keeps what it stored when it is killed, and answers no more while it is frozen', async () => {
    const server = await startMongo();
    const client = new MongoClient(mongoUri(server.uri, 'kept'));
    await client.db().collection('places').insertOne({ name: 'one' });
    await server.kill();
    await server.start();
    expect(await client.db().collection('places').countDocuments()).toBe(1);
    expect(await client.db().admin().serverInfo()).toMatchObject({ version: '6.0.5' });
    server.freeze();
    const impatient = new MongoClient(server.uri, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 500 });
    await expect(impatient.db().command({ ping: 1 })).rejects.toThrow();
    await impatient.close();
    server.thaw();
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  }, LONG);

  it('with a login refuses everybody else, also after a new start', async () => {
    const server = await startMongo({ auth: { username: 'owner', password: 'secret' } });
    await server.stop();
    await server.start();
    const count = async (uri: string) => {
      const client = new MongoClient(uri);
      try {
        return await client.db().collection('places').countDocuments();
      } finally {
        await client.close();
      }
    };
    await expect(count(mongoUri(server.uri, 'guarded'))).rejects.toThrow(/requires authentication/);
    expect(await count(mongoUri(server.uri.replace('//', '//owner:secret@'), 'guarded'))).toBe(0);
    await server.kill();
  }, LONG);
});

where(available.mongo)('a shared MongoDB', () => {
  it('is the same one for everybody, who is apart by a database of their own', async () => {
    const [first, second] = await Promise.all([sharedMongo(), sharedMongo()]);
    expect(first).toBe(second);
    const client = new MongoClient(mongoUri(first!, `test-${randomUUID()}`));
    expect(await client.db().command({ hello: 1 })).toMatchObject({ isWritablePrimary: true });
    await client.close();
  });
});

describe('the address of a database', () => {
  it.each([
    ['mongodb://h:1/?replicaSet=rs0', 'mongodb://h:1/mine?replicaSet=rs0'],
    ['mongodb://h:1,i:2/theirs?replicaSet=rs0', 'mongodb://h:1,i:2/mine?replicaSet=rs0'],
    ['mongodb://u:p@h:1', 'mongodb://u:p@h:1/mine?authSource=admin'],
  ])('%s becomes %s', (base, expected) => expect(mongoUri(base, 'mine')).toBe(expected));
});
