import { deadLetterTopic, EVENTS, type Grant, grants, type Service, SERVICES } from '@math-labeler/contracts';
import { sharedKafka, startSecureKafka } from '../../../../tools/test-servers/index.mjs';
import { openKafkaBroker } from '../open-kafka-broker.js';
import { type KafkaBroker } from './kafka-broker.js';
import { type KafkaOptions } from './kafka-options.js';

const MINUTE = 60_000;
const canRun = (await sharedKafka()) !== undefined;
const PREFIX = 'prod.';
const PASSWORDS: Record<string, string> = Object.fromEntries([...SERVICES, 'publisher', 'subscriber', 'stranger'].map((name) => [name, `word of ${name}`]));

(canRun ? describe : describe.skip)('a Kafka with TLS, SCRAM-SHA-512 and the generated ACLs', () => {
  let server: Awaited<ReturnType<typeof startSecureKafka>>;
  let made: readonly Grant[];
  let opened: KafkaBroker[] = [];

  const open = async (username: string, options: Partial<KafkaOptions> = {}): Promise<KafkaBroker> => {
    const broker = await openKafkaBroker({ brokers: [server.brokers], clientId: username, prefix: PREFIX, tls: { ca: server.ca }, sasl: { username, password: PASSWORDS[username] }, ...options });
    opened.push(broker);
    return broker;
  };
  const publishTo = (broker: KafkaBroker, topic: string): Promise<void> => broker.publish([{ topic, key: 'k', headers: {}, value: Buffer.from('{}') }]);
  const takeOne = async (broker: KafkaBroker, group: string, topic: string): Promise<unknown> => {
    const subscription = await broker.subscribe(group, [topic]);
    const failed = new Promise<Error>((resolve) => subscription.onFailed(resolve));
    const taken = await Promise.race([failed, subscription.take(1, AbortSignal.timeout(MINUTE / 3))]);
    if (taken instanceof Error) throw taken;
    await subscription.commit(taken.map((record) => ({ topic, partition: record.partition, offset: record.offset + 1 })));
    await subscription.close();
    return taken.length;
  };

  beforeAll(async () => {
    server = await startSecureKafka({ users: PASSWORDS });
    const admin = await openKafkaBroker({ brokers: [server.brokers], clientId: 'admin', prefix: PREFIX, tls: { ca: server.ca }, sasl: server.admin });
    await admin.createTopics(EVENTS.flatMap((contract) => [contract.topic, deadLetterTopic(contract)]).map((topic) => ({ ...topic, partitions: 1 })));
    made = await admin.applyAcls(grants());
    expect(await admin.applyAcls(grants())).toEqual([]);
    for (const contract of EVENTS) for (const { name } of [contract.topic, deadLetterTopic(contract)]) await publishTo(admin, name);
    await admin.close();
  }, 2 * MINUTE);
  afterEach(async () => {
    await Promise.all(opened.map((broker) => broker.close()));
    opened = [];
  });
  afterAll(() => server?.kill());

  test('all grants are made at the first time, and none at the second', () => {
    expect(made).toHaveLength(grants().length);
  });

  test.each([...SERVICES])('%s reads what it handles in its own group, writes what it tells and its dead letters, and sees that its topics are there', async (service: Service) => {
    const broker = await open(service);
    await broker.ping();
    const read = EVENTS.filter(({ consumers }) => consumers.includes(service));
    const written = EVENTS.filter(({ producers }) => producers.includes(service));
    const names = (await broker.topics()).map(({ name }) => name);
    for (const contract of read) {
      expect(names).toEqual(expect.arrayContaining([contract.topic.name, deadLetterTopic(contract).name]));
      await publishTo(broker, deadLetterTopic(contract).name);
    }
    for (const { topic } of written) await publishTo(broker, topic.name);
    for (const { topic } of read) expect(await takeOne(broker, service, topic.name)).toBe(1);
  }, MINUTE);

  test('the gateway sees how far everybody is, and reads the dead letters', async () => {
    const broker = await open('gateway');
    expect(new Set((await broker.lag()).map(({ group }) => group))).toContain('ingestion');
    const dead = [];
    for await (const record of broker.read('problem.submitted.v1.dlq', { untilIdle: 0 })) dead.push(record);
    expect(dead.length).toBeGreaterThan(0);
  }, MINUTE);

  test('an outside producer may tell problems, and an outside consumer read the labels', async () => {
    await publishTo(await open('publisher'), 'problem.submitted.v1');
    expect(await takeOne(await open('subscriber'), 'subscriber-1', 'problem.labeled.v1')).toBe(1);
  }, MINUTE);

  const FORBIDDEN = /허락하지 않습니다 \(ACL\) · Kafka does not allow it/;
  test('the wrong topic, the wrong group and a stranger are refused, and the reason says so', async () => {
    const labeling = await open('labeling');
    await expect(publishTo(labeling, 'problem.labeled.v1')).rejects.toThrow(FORBIDDEN);
    await expect(labeling.subscribe('labeling', ['problem.submitted.v1'])).rejects.toThrow(FORBIDDEN);
    await expect(takeOne(labeling, 'ingestion', 'evidence.retrieved.v1')).rejects.toThrow(FORBIDDEN);
    await expect(publishTo(await open('publisher'), 'problem.labeled.v1')).rejects.toThrow(FORBIDDEN);
    await expect(publishTo(await open('subscriber'), 'problem.labeled.v1')).rejects.toThrow(FORBIDDEN);
    await expect(publishTo(await open('stranger'), 'problem.submitted.v1')).rejects.toThrow(FORBIDDEN);
  }, MINUTE);

  test.each<[string, () => Partial<KafkaOptions>, RegExp]>([
    ['a wrong password', () => ({ sasl: { username: 'labeling', password: 'wrong' } }), /이름이나 비밀번호를 받지 않습니다/],
    ['an unknown user', () => ({ sasl: { username: 'nobody', password: 'wrong' } }), /이름이나 비밀번호를 받지 않습니다/],
    ['no TLS', () => ({ tls: undefined }), /KAFKA_TLS/],
    ['no user', () => ({ sasl: undefined }), /KAFKA_USERNAME/],
    ['another authority', () => ({ tls: {} }), /인증서를 확인할 수 없습니다 \(KAFKA_CA\)/],
  ])('%s is refused, and the reason says so', async (_, options, reason) => {
    const broker = await open('labeling', options());
    await expect(broker.ping()).rejects.toMatchObject({ name: 'TransientError', message: expect.stringMatching(reason) as string });
    await expect(publishTo(broker, 'label.proposed.v1')).rejects.toThrow(reason);
  }, MINUTE);
});
