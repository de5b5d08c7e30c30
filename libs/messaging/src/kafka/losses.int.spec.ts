import { connect, createServer, type Server, type Socket } from 'node:net';
import kafkajs, { type Message, type Producer } from 'kafkajs';
import { sharedKafka, startKafka, startKafkaCluster } from '../../../../tools/test-servers/index.mjs';
import { type NewRecord } from '../broker.js';
import { openKafkaBroker } from '../open-kafka-broker.js';
import { type KafkaBroker } from './kafka-broker.js';

const MINUTE = 60_000;
const PRODUCE = 0;
const canRun = (await sharedKafka()) !== undefined;

/** Stands before a broker; on demand it passes the next send on and breaks the connection instead of passing on the answer. */
class LosingProxy {
  private server!: Server;
  private losing = 0;
  port = 0;
  target = 0;

  async listen(): Promise<void> {
    this.server = createServer((client) => this.join(client)).listen(0, '127.0.0.1');
    await new Promise((resolve) => this.server.once('listening', resolve));
    this.port = (this.server.address() as { port: number }).port;
  }

  loseAnswers(count: number): void {
    this.losing = count;
  }

  close(): void {
    this.server.close();
  }

  private join(client: Socket): void {
    const broker = connect(this.target, '127.0.0.1');
    let rest = Buffer.alloc(0);
    let isLost = false;
    client.on('data', (piece: Buffer) => {
      rest = Buffer.concat([rest, piece]);
      while (rest.length >= 6 && rest.length >= 4 + rest.readInt32BE(0)) {
        const end = 4 + rest.readInt32BE(0);
        if (rest.readInt16BE(4) === PRODUCE && this.losing > 0 && !isLost) {
          this.losing--;
          isLost = true;
        }
        broker.write(rest.subarray(0, end));
        rest = rest.subarray(end);
      }
    });
    broker.on('data', (piece: Buffer) => (isLost ? client.destroy() : client.write(piece)));
    for (const [one, other] of [[client, broker], [broker, client]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}

/** The client as it comes. */
async function plainProducer(brokers: readonly string[], idempotent = true): Promise<Producer> {
  const producer = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'plain', logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 60, initialRetryTime: 100, maxRetryTime: 500 } }).producer({ idempotent, allowAutoTopicCreation: false, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  return producer;
}

const record = (topic: string, text: string, key = 'k'): NewRecord => ({ topic, key, headers: {}, value: Buffer.from(text) });
const message = (value: string, partition = 0): Message => ({ partition, value });

async function textsIn(broker: KafkaBroker, topic: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { value } of broker.read(topic, { untilIdle: 0 })) texts.push(Buffer.from(value).toString());
  return texts;
}

(canRun ? describe : describe.skip)('acknowledged, yet not in the log', () => {
  describe('an answer that is lost on its way', () => {
    const proxy = new LosingProxy();
    let server: Awaited<ReturnType<typeof startKafka>>;
    let broker: KafkaBroker;
    let brokers: string[];

    beforeAll(async () => {
      await proxy.listen();
      server = await startKafka({ properties: { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${proxy.port}` } });
      proxy.target = server.port;
      brokers = [`127.0.0.1:${proxy.port}`];
      broker = await openKafkaBroker({ brokers, clientId: 'ours', prefix: '' });
      await broker.createTopics(['plain-at-once', 'plain-goes-on', 'ours-at-once', 'ours-goes-on'].map((name) => ({ name, partitions: 1, retentionHours: 1 })));
    }, MINUTE);
    afterAll(async () => {
      await broker?.close();
      proxy.close();
      await server?.kill();
    });

    test('kafkajs, sends at once for one partition: one that was acknowledged is missing', async () => {
      const producer = await plainProducer(brokers);
      await producer.send({ topic: 'plain-at-once', messages: [message('first')] });
      proxy.loseAnswers(1);
      const sent = await Promise.allSettled(['A', 'B', 'C'].map((text) => producer.send({ topic: 'plain-at-once', messages: [message(text)] })));
      await producer.disconnect();
      const acknowledged = ['A', 'B', 'C'].filter((_, i) => sent[i].status === 'fulfilled');
      const found = await textsIn(broker, 'plain-at-once');
      expect(acknowledged.filter((text) => !found.includes(text)).length).toBeGreaterThan(0);
    }, MINUTE);

    test('ours, the same: each is there, once, in order', async () => {
      await broker.publish([record('ours-at-once', 'first')]);
      proxy.loseAnswers(1);
      await Promise.all(['A', 'B', 'C'].map((text) => broker.publish([record('ours-at-once', text)])));
      expect(await textsIn(broker, 'ours-at-once')).toEqual(['first', 'A', 'B', 'C']);
    }, MINUTE);

    test('kafkajs, after a send that failed for good: the next one is acknowledged and missing', async () => {
      const impatient = new kafkajs.Kafka({ brokers, clientId: 'plain', logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 1, initialRetryTime: 10 } }).producer({ idempotent: true, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
      await impatient.connect();
      await impatient.send({ topic: 'plain-goes-on', messages: [message('first')] });
      proxy.loseAnswers(3);
      await expect(impatient.send({ topic: 'plain-goes-on', messages: [message('A')] })).rejects.toThrow();
      proxy.loseAnswers(0);
      await impatient.send({ topic: 'plain-goes-on', messages: [message('B')] });
      await impatient.disconnect();
      expect(await textsIn(broker, 'plain-goes-on')).not.toContain('B');
    }, MINUTE);

    test('ours, the same: what comes after a failure is there', async () => {
      await broker.publish([record('ours-goes-on', 'first')]);
      proxy.loseAnswers(100);
      await expect(broker.publish([record('ours-goes-on', 'A')])).rejects.toMatchObject({ name: 'TransientError' });
      proxy.loseAnswers(0);
      await broker.publish([record('ours-goes-on', 'B')]);
      // Whether it was written cannot be known; whoever was refused tells it again, under the same id.
      expect((await textsIn(broker, 'ours-goes-on')).filter((text) => text !== 'A')).toEqual(['first', 'B']);
    }, MINUTE);
  });

  test('a broker that dies with its part of a batch in flight: kafkajs loses that part, ours nothing', async () => {
    const cluster = await startKafkaCluster({ nodes: 3 });
    const brokers = cluster.brokers.split(',');
    const broker = await openKafkaBroker({ brokers, clientId: 'ours', prefix: '' });
    await broker.createTopics(['plain', 'ours'].map((name) => ({ name, partitions: 6, retentionHours: 1 })));
    const producer = await plainProducer(brokers, false);
    const texts = Array.from({ length: 60 }, (_, i) => `text ${i}`);
    await producer.send({ topic: 'plain', messages: texts.map((_, i) => message('warm', i % 6)) });
    await broker.publish(texts.map((text) => record('ours', 'warm', text)));

    const dying = cluster.nodes[2];
    dying.freeze();
    const plain = producer.send({ topic: 'plain', messages: texts.map((text, i) => message(text, i % 6)) });
    const ours = untilPublished(broker, texts.map((text) => record('ours', text, text)));
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 1000)), plain]);
    await dying.kill();
    await Promise.all([plain, ours]);

    const [inPlain, inOurs] = [new Set(await textsIn(broker, 'plain')), new Set(await textsIn(broker, 'ours'))];
    expect(texts.filter((text) => !inOurs.has(text))).toEqual([]);
    expect(texts.filter((text) => !inPlain.has(text)).length).toBeGreaterThan(0);
    await producer.disconnect();
    await broker.close();
    await Promise.all(cluster.nodes.map((node) => node.kill()));
  }, 2 * MINUTE);
});

/** As the delivery and whoever gets a 503 do. */
async function untilPublished(broker: KafkaBroker, records: readonly NewRecord[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await broker.publish(records);
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}
