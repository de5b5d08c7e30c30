import { TransientError } from '@math-labeler/contracts';
import { type Database, GroupCommit } from '@math-labeler/storage';
import { type LogRecord, type NewRecord } from './broker.js';
import { type EmbeddedBroker } from './embedded-broker.js';
import { LogFile } from './embedded-broker.fixture.js';

const HOUR = 3_600_000;
const TOPIC = 'a.v1';

let file: LogFile;
beforeEach(() => {
  file = new LogFile();
});
afterEach(() => file.remove());

const records = (count: number, bytes = 10): NewRecord[] => Array.from({ length: count }, (_, i) => ({ topic: TOPIC, key: `k${i % 7}`, headers: {}, value: Buffer.alloc(bytes, String(i % 10)) }));

async function withTopic(broker: EmbeddedBroker, { partitions = 2, retentionHours = 1 } = {}): Promise<EmbeddedBroker> {
  await broker.createTopics([{ name: TOPIC, partitions, retentionHours }]);
  return broker;
}

async function all(broker: EmbeddedBroker): Promise<LogRecord[]> {
  const found: LogRecord[] = [];
  for await (const record of broker.read(TOPIC, { untilIdle: 0 })) found.push(record);
  return found;
}

describe('retention', () => {
  let now: number;
  let broker: EmbeddedBroker;
  let database: Database;

  beforeEach(async () => {
    now = 1_800_000_000_000;
    database = file.connect();
    broker = await withTopic(file.open({ clock: () => now }));
  });
  afterEach(() => broker.close());

  test('deletes what is older than its topic’s hours and keeps the rest, and offsets go on', async () => {
    await broker.publish(records(1300));
    now += HOUR / 2;
    await broker.publish(records(10));
    now += HOUR / 2 + 1;
    expect(await broker.sweep()).toBe(1300);
    const kept = await all(broker);
    expect(kept).toHaveLength(10);
    expect(Math.max(...kept.map(({ offset }) => offset))).toBeGreaterThan(500);
    expect(await broker.sweep()).toBe(0);
  });

  test('that empties a partition does not start its offsets anew, after a restart either', async () => {
    await broker.publish(records(20));
    const ends = (await all(broker)).reduce((counts, { partition }) => counts.set(partition, (counts.get(partition) ?? 0) + 1), new Map<number, number>());
    now += 2 * HOUR;
    expect(await broker.sweep()).toBe(20);
    await broker.close();
    broker = file.open({ clock: () => now });
    await broker.publish(records(7));
    for (const { partition, offset } of await all(broker)) expect(offset).toBeGreaterThanOrEqual(ends.get(partition)!);
  });

  test('keeps what a group has not finished, and goes on once it has', async () => {
    await broker.publish(records(50));
    const subscription = await broker.subscribe('slow', [TOPIC]);
    const taken = await subscription.take(10);
    now += 2 * HOUR;
    expect(await broker.sweep()).toBe(0);
    await subscription.commit(taken.map(({ topic, partition, offset }) => ({ topic, partition, offset: offset + 1 })));
    expect(await broker.sweep()).toBe(10);
    expect(await all(broker)).toHaveLength(40);
  });

  test('nothing behind a young record is deleted, though it be dated earlier: clocks are set back at times', async () => {
    await withTopic(broker, { partitions: 2 });
    now += HOUR;
    await broker.publish([{ topic: TOPIC, key: 'k', headers: {}, value: Buffer.from('young') }]);
    now -= HOUR;
    await broker.publish([{ topic: TOPIC, key: 'k', headers: {}, value: Buffer.from('old') }]);
    now += HOUR + 1;
    expect(await broker.sweep()).toBe(0);
    expect(await all(broker)).toHaveLength(2);
  });

  test('a new group, or one that stood before the oldest record, begins at the oldest', async () => {
    await broker.publish(records(30));
    now += 2 * HOUR;
    await broker.sweep();
    await broker.publish(records(7));
    const subscription = await broker.subscribe('new', [TOPIC]);
    expect(await subscription.take(100)).toHaveLength(7);
  });

  test('gives the room back to the disk', async () => {
    for (let i = 0; i < 4; i++) await broker.publish(records(1000, 3000));
    const pages = () => (database.prepare('PRAGMA page_count').get() as { page_count: number }).page_count;
    const before = pages();
    now += 2 * HOUR;
    await broker.sweep();
    expect(pages()).toBeLessThan(before / 2);
  });

  test('lets the event loop go on meanwhile', async () => {
    for (let i = 0; i < 5; i++) await broker.publish(records(1000, 1000));
    now += 2 * HOUR;
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    await broker.sweep();
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('another process on the same file', () => {
  test('that publishes is seen by a waiting member and by a waiting reader', async () => {
    const here = await withTopic(file.open({ pollMs: 5 }));
    const subscription = await here.subscribe('group', [TOPIC]);
    const taking = subscription.take(100);
    const reading = here.read(TOPIC, { untilIdle: 10_000 })[Symbol.asyncIterator]();
    const next = reading.next();
    const there = file.open();
    await there.publish(records(1));
    expect(await taking).toHaveLength(1);
    expect((await next).value).toMatchObject({ key: 'k0' });
    await Promise.all([here.close(), there.close()]);
  });

  test('that publishes at the same time gets offsets of its own', async () => {
    const here = await withTopic(file.open());
    const there = file.open();
    for (let i = 0; i < 20; i++) await Promise.all([here.publish(records(10)), there.publish(records(10))]);
    const found = await all(here);
    expect(found).toHaveLength(400);
    for (const partition of [0, 1]) {
      const offsets = found.filter((one) => one.partition === partition).map(({ offset }) => offset);
      expect(offsets).toEqual(offsets.map((_, i) => i));
    }
    await Promise.all([here.close(), there.close()]);
  });

  test('that adds partitions gives them to the members here', async () => {
    const here = await withTopic(file.open({ pollMs: 5 }), { partitions: 1 });
    const subscription = await here.subscribe('group', [TOPIC]);
    const there = await withTopic(file.open(), { partitions: 4 });
    await there.publish(records(70));
    const seen = new Set<number>();
    for (let count = 0; count < 70; ) {
      const taken = await subscription.take(100);
      count += taken.length;
      for (const { partition } of taken) seen.add(partition);
    }
    expect(seen.size).toBeGreaterThan(1);
    await Promise.all([here.close(), there.close()]);
  });
});

describe('a full disk', () => {
  test('rejects a whole batch as something that may pass, and leaves nothing of it; afterwards all goes on', async () => {
    const database = file.connect();
    const broker = await withTopic(file.open());
    await broker.close();
    const { EmbeddedBroker } = await import('./embedded-broker.js');
    const here = new EmbeddedBroker(database);
    await here.publish(records(5));
    const { page_count } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${page_count + 20}`);
    const tried = await Promise.allSettled([here.publish(records(5)), here.publish(records(100, 3000)), here.publish(records(5))]);
    expect(tried.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    for (const one of tried) expect((one as PromiseRejectedResult).reason).toBeInstanceOf(TransientError);
    expect(await all(here)).toHaveLength(5);
    database.exec('PRAGMA max_page_count = 1000000');
    const subscription = await here.subscribe('group', [TOPIC]);
    await here.publish(records(9));
    const taken: LogRecord[] = [];
    while (taken.length < 14) taken.push(...(await subscription.take(100)));
    for (const partition of [0, 1]) {
      const offsets = taken.filter((one) => one.partition === partition).map(({ offset }) => offset);
      expect(offsets).toEqual(offsets.map((_, i) => i));
    }
    await here.close();
  });
});

describe('stores that share the transactions', () => {
  test('a store’s write and a publish of one turn are one transaction, and a store’s bug does not undo the publish', async () => {
    const database = file.connect();
    const commits = new GroupCommit(database);
    const { EmbeddedBroker } = await import('./embedded-broker.js');
    const broker = await withTopic(new EmbeddedBroker(database, { commits }));
    database.exec('CREATE TABLE store (id TEXT PRIMARY KEY) STRICT');
    let committed = 0;
    commits.watch({ begun: () => {}, committed: () => committed++, undone: () => {} });
    const put = (id: string) => commits.run(() => database.prepare('INSERT INTO store VALUES (?)').run(id));
    await Promise.all([put('a'), broker.publish(records(3))]);
    expect(committed).toBe(1);
    const [bug, published] = await Promise.allSettled([put('a'), broker.publish(records(3)), put('b')]);
    expect([bug.status, published.status]).toEqual(['rejected', 'fulfilled']);
    const offsets = (await all(broker)).map(({ partition, offset }) => `${partition} ${offset}`);
    expect(new Set(offsets).size).toBe(6);
    await broker.close();
  });
});

test('a commit that still waits for the disk counts when its partition passes to another member', async () => {
  const broker = await withTopic(file.open(), { partitions: 1 });
  await broker.publish(records(5));
  const first = await broker.subscribe('group', [TOPIC]);
  const second = await broker.subscribe('group', [TOPIC]);
  await first.take(5);
  const committing = first.commit([{ topic: TOPIC, partition: 0, offset: 3 }]);
  await first.close();
  expect((await second.take(5)).map(({ offset }) => offset)).toEqual([3, 4]);
  await committing;
  await broker.close();
});

test('closing commits what was waiting', async () => {
  const broker = await withTopic(file.open(), { partitions: 1 });
  const subscription = await broker.subscribe('group', [TOPIC]);
  const publishing = broker.publish(records(1));
  await broker.close();
  await publishing;
  const again = file.open();
  expect(await all(again)).toHaveLength(1);

  const reopened = file.open();
  const member = await reopened.subscribe('group', [TOPIC]);
  const committing = member.commit([{ topic: TOPIC, partition: 0, offset: 1 }]);
  await reopened.close();
  expect(await again.committed('group')).toEqual([{ topic: TOPIC, partition: 0, offset: 1 }]);
  await committing;
  await again.close();
  expect(await subscription.take(1)).toEqual([]);
});
