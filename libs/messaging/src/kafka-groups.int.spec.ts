import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { deadLetterTopic, type EventContract } from '@math-labeler/contracts';
import { sharedKafka, startKafka } from '../../../tools/test-servers/index.mjs';
import { type LogRecord, type Position, type Subscription } from './broker.js';
import { finish, GROUP, type Job, JobDone, JobGiven, startDelivery, TOPIC } from './delivery.fixture.js';
import { type Delivery } from './delivery.js';
import { encode } from './event-codec.js';
import { type KafkaBroker } from './kafka/kafka-broker.js';
import { type KafkaOptions } from './kafka/kafka-options.js';
import { openKafkaBroker } from './open-kafka-broker.js';

const shared = await sharedKafka();
const MINUTE = 60_000;
const JOBS = [JobGiven, JobDone, deadLetterTopic(JobGiven as EventContract)].map((one) => ('topic' in one ? one.topic : one));

let prefix: string;
let opened: KafkaBroker[];
beforeEach(() => {
  prefix = `groups-${randomUUID()}.`;
  opened = [];
});
afterEach(() => Promise.all(opened.map((broker) => broker.close())));

async function open(options: Partial<KafkaOptions> = {}): Promise<KafkaBroker> {
  const broker = await openKafkaBroker({ brokers: shared!.split(','), clientId: 'test', prefix, ...options });
  opened.push(broker);
  return broker;
}

(shared === undefined ? describe.skip : describe)('members of a Kafka group', () => {
  test('members come and go under load: every event is handled, no commit passes an unfinished one, and only what was not committed comes twice', async () => {
    const broker = await open();
    await broker.createTopics(JOBS.map((topic) => ({ ...topic, partitions: 6 })));
    const finished = new Set<string>();
    const handled = new Map<string, number>();
    const committed = new Map<number, number>();
    const early: string[] = [];
    const places = new Map<string, LogRecord>();
    const start = async (): Promise<Delivery> => {
      const own = await open();
      const { delivery } = await startDelivery(
        own,
        async (event) => {
          const { key, number } = event.data;
          const name = `${key}-${number}`;
          handled.set(name, (handled.get(name) ?? 0) + 1);
          const place = places.get(name);
          if (place !== undefined && place.offset < (committed.get(place.partition) ?? 0)) early.push(name);
          await pause(Math.random() * 15);
          return [JobDone.from(event, event.data)];
        },
        {
          observer: {
            finished: (record) => {
              finished.add(`${record.partition} ${record.offset}`);
              const { key, number } = JSON.parse(Buffer.from(record.value).toString()) as Job;
              places.set(`${key}-${number}`, record);
            },
            retrying: () => {},
            died: ({ offset }, { reason }) => void early.push(`died ${offset} ${reason}`),
            brokerFailed: () => {},
          },
        },
      );
      return delivery;
    };
    const look = async (): Promise<void> => {
      for (const { topic, partition, offset } of await broker.committed(GROUP)) {
        if (topic !== TOPIC) continue;
        for (let below = committed.get(partition) ?? 0; below < offset; below++) expect(finished.has(`${partition} ${below}`)).toBe(true);
        committed.set(partition, Math.max(offset, committed.get(partition) ?? 0));
      }
    };
    const members = [await start()];
    let given = 0;
    while (given < 2000) {
      const jobs = Array.from({ length: 50 }, (_, i) => ({ key: `k${(given + i) % 37}`, number: given + i }));
      await broker.publish(jobs.map((job) => encode(JobGiven.first(`${job.key}-${job.number}`, job), 'test', 0)));
      given += 50;
      if (given === 400 || given === 1200) members.push(await start());
      if (given === 800) await members[0].drain(5000);
      if (given === 1600) await members[1].drain(5000);
      await look();
      await pause(60);
    }
    await until('all is committed', async () => {
      await look();
      return [...committed.values()].reduce((sum, offset) => sum + offset, 0) === 2000;
    });
    await Promise.all(members.map((member) => member.drain(5000)));
    expect(handled.size).toBe(2000);
    expect(early).toEqual([]);
    const told = new Set<string>();
    for await (const record of broker.read(JobDone.topic.name, { untilIdle: 0 })) told.add(record.headers['ce_id']);
    expect(told.size).toBe(2000);
    expect([...handled.values()].filter((times) => times > 1).length).toBeLessThan(500);
  }, MINUTE);

  test('a position from before a rebalance never sets back what another member has committed since', async () => {
    const broker = await open();
    await broker.createTopics([{ name: 't', partitions: 1, retentionHours: 1 }]);
    await broker.publish(Array.from({ length: 10 }, (_, i) => ({ topic: 't', key: 'k', headers: {}, value: Buffer.from(String(i)) })));
    const first = await broker.subscribe('g', ['t']);
    const old = await takeCount(first, 10);
    let revoked = 0;
    first.onRevoked(() => revoked++);
    await first.commit([after(old[1])]);
    const rival = await open();
    // With one partition one of the two has nothing: the first leaves, so the other gets it.
    const second = await rival.subscribe('g', ['t']);
    await until('the first has heard of the other', async () => revoked > 0);
    await first.close();
    const some = await takeCount(second, 8);
    expect(some.map(({ offset }) => offset)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    await second.commit([after(some[5])]);
    await first.commit([after(old[3])]);
    expect(await broker.committed('g')).toEqual([after(some[5])]);
    await second.commit([{ topic: 't', partition: 0, offset: 1 }, { topic: 't', partition: 0, offset: 99 }]);
    expect(await broker.committed('g')).toEqual([after(some[5])]);
  }, MINUTE);

  test('a member with an instance id is back within its session: it gets its own partitions, and the others keep theirs undisturbed', async () => {
    const [a, b] = [await open({ instanceId: 'a' }), await open({ instanceId: 'b' })];
    await a.createTopics([{ name: 't', partitions: 4, retentionHours: 1 }]);
    const publish = () => b.publish(Array.from({ length: 40 }, (_, i) => ({ topic: 't', key: `k${i}`, headers: {}, value: Buffer.from('x') })));
    const [atA, atB] = [await a.subscribe('g', ['t']), await b.subscribe('g', ['t'])];
    await publish();
    await until('both have partitions of their own', async () => {
      await publish();
      const [one, other] = [await partitionsOf(atA), await partitionsOf(atB)];
      return one.size === 2 && other.size === 2;
    });
    const before = await partitionsOf(atA, publish);
    let revoked = 0;
    atB.onRevoked(() => revoked++);
    await a.close();
    const again = await open({ instanceId: 'a' });
    const back = await again.subscribe('g', ['t']);
    await until('it is given records again', async () => (await partitionsOf(back, publish)).size === before.size);
    expect(await partitionsOf(back, publish)).toEqual(before);
    expect(revoked).toBe(0);
  }, MINUTE);

  test('two processes with one instance id: the older one fails for good, with the reason', async () => {
    const [older, newer] = [await open({ instanceId: 'same' }), await open({ instanceId: 'same' })];
    await older.createTopics([{ name: 't', partitions: 1, retentionHours: 1 }]);
    const failures: Error[] = [];
    const member = await older.subscribe('g', ['t']);
    member.onFailed((error) => failures.push(error));
    const waiting = member.take(1).catch((error: Error) => error);
    await older.publish([{ topic: 't', key: 'k', headers: {}, value: Buffer.from('x') }]);
    await waiting;
    await newer.subscribe('g', ['t']);
    await until('the older has failed', async () => failures.length > 0);
    await expect(member.take(1)).rejects.toThrow('KAFKA_INSTANCE_ID');
    expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining('KAFKA_INSTANCE_ID')]);
  }, MINUTE);

  test('a broker that dies, stays away and then hangs: work goes on by itself, and nothing is lost', async () => {
    const server = await startKafka();
    const broker = await open({ brokers: [server.brokers] });
    await broker.createTopics(JOBS);
    const { delivery, failures } = await startDelivery(broker, finish);
    const publish = async (from: number): Promise<void> => {
      for (let number = from; number < from + 50; number++) await untilTaken(broker, number);
    };
    await publish(0);
    await server.kill();
    await expect(broker.publish([{ topic: TOPIC, key: 'k', headers: {}, value: Buffer.from('{}') }])).rejects.toThrow(/연결할 수 없습니다/);
    await expect(broker.ping()).rejects.toThrow(/ECONNREFUSED/);
    await pause(8000);
    await server.start();
    await publish(50);
    server.freeze();
    const began = performance.now();
    await expect(broker.ping()).rejects.toThrow(/답하지 않습니다/);
    expect(performance.now() - began).toBeLessThan(4000);
    await pause(4000);
    server.thaw();
    await publish(100);
    await until('all is done', async () => (await broker.committed(GROUP)).reduce((sum, { offset }) => sum + offset, 0) >= 150);
    expect(failures).toEqual([]);
    const done = new Set<number>();
    for await (const { value } of broker.read(JobDone.topic.name, { untilIdle: 0 })) done.add((JSON.parse(Buffer.from(value).toString()) as Job).number);
    expect(done.size).toBe(150);
    await delivery.drain(2000);
    await broker.close();
    await server.kill();
  }, 2 * MINUTE);
});

test('a broker that was never there: it opens, says so, and can be closed', async () => {
  const broker = await openKafkaBroker({ brokers: ['127.0.0.1:1'], clientId: 'test', prefix: '' });
  await expect(broker.ping()).rejects.toMatchObject({ name: 'TransientError', message: expect.stringContaining('ECONNREFUSED') as string });
  await expect(broker.publish([{ topic: 't', headers: {}, value: Buffer.from('x') }])).rejects.toMatchObject({ name: 'TransientError' });
  const subscription = await broker.subscribe('g', ['t']);
  const waiting = subscription.take(1);
  await broker.close();
  expect(await waiting).toEqual([]);
}, MINUTE);

async function untilTaken(broker: KafkaBroker, number: number): Promise<void> {
  const record = encode(JobGiven.first(`k-${number}`, { key: `k${number % 7}`, number }), 'test', 0);
  for (const last = Date.now() + MINUTE; ; ) {
    try {
      return await broker.publish([record]);
    } catch (error) {
      if (Date.now() > last) throw error;
      await pause(50);
    }
  }
}

/** The partitions of which a member is given something within a moment. */
async function partitionsOf(subscription: Subscription, publish: () => Promise<void> = async () => {}): Promise<Set<number>> {
  await publish();
  const found = new Set<number>();
  for (;;) {
    const records = await subscription.take(500, AbortSignal.timeout(400));
    if (records.length === 0) return found;
    for (const { partition } of records) found.add(partition);
  }
}

async function takeCount(subscription: Subscription, count: number): Promise<LogRecord[]> {
  const taken: LogRecord[] = [];
  const signal = AbortSignal.timeout(MINUTE / 2);
  while (taken.length < count && !signal.aborted) taken.push(...(await subscription.take(count - taken.length, signal)));
  return taken;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + MINUTE - 5000;
  while (!(await isSo())) {
    if (Date.now() > last) throw new Error(`not so in time: ${what}`);
    await pause(20);
  }
}

function after({ topic, partition, offset }: LogRecord): Position {
  return { topic, partition, offset: offset + 1 };
}
