import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Broker, type LogRecord, type NewRecord, type Partition, type Position, type Subscription } from './broker.js';

/** A broker under test: `reopen` gives a new connection to the same log, as after a restart. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  reopen(): Promise<Broker>;
}

const DEADLINE_MS = 20_000;
const HOURS = 24;

/** What every adapter of the port does. `open` gives a broker; topics and groups of other tests may be in it. */
export function describeBroker(name: string, open: () => Promise<BrokerUnderTest>): void {
  describe(name, () => {
    let broker: Broker;
    let reopen: () => Promise<void>;
    let topic: string;
    let group: string;

    beforeEach(async () => {
      const opened = await open();
      broker = opened.broker;
      reopen = async () => {
        await broker.close();
        broker = await opened.reopen();
      };
      topic = `topic.${randomUUID()}`;
      group = `group-${randomUUID()}`;
      await broker.createTopics([{ name: topic, partitions: 4, retentionHours: HOURS }]);
    });
    afterEach(() => broker.close());

    const record = (key: string | undefined, value: string): NewRecord => ({ topic, key, headers: {}, value: Buffer.from(value) });
    const numbered = (count: number): NewRecord[] => Array.from({ length: count }, (_, i) => record(`key ${i % 10}`, String(i)));
    const readAll = async (from: readonly Position[] = []): Promise<LogRecord[]> => collect(broker.read(topic, { from, untilIdle: 0 }));

    test('what was published is read again after a restart', async () => {
      await broker.publish([record('a', 'one'), record('b', 'two')]);
      await reopen();
      expect((await readAll()).map(textOf).sort()).toEqual(['one', 'two']);
    }, DEADLINE_MS);

    test('a publish has resolved only when its records can be read', async () => {
      for (let i = 0; i < 20; i++) {
        await broker.publish([record(`k${i}`, String(i))]);
        expect((await readAll()).map(textOf)).toContain(String(i));
      }
    }, DEADLINE_MS);

    test('records of one key lie in one partition, in the order of publishing, with offsets one after the other', async () => {
      await Promise.all([broker.publish(numbered(50)), broker.publish(numbered(50)), broker.publish(numbered(50))]);
      const records = await readAll();
      expect(records).toHaveLength(150);
      for (const [, some] of by(records, ({ key }) => key)) {
        expect(new Set(some.map(({ partition }) => partition)).size).toBe(1);
        const round = (from: number) => some.slice(from, from + 5).map((one) => Number(textOf(one)));
        for (const from of [0, 5, 10]) expect(round(from)).toEqual(round(from).sort((a, b) => a - b));
      }
      for (const [, some] of by(records, ({ partition }) => partition)) expect(some.map(({ offset }) => offset)).toEqual(some.map((_, i) => i));
    }, DEADLINE_MS);

    test('the partition of a key is Kafka’s: murmur2', async () => {
      await broker.publish([record('abc', 'a'), record('21', 'b'), record('foobar', 'c')]);
      const found = Object.fromEntries((await readAll()).map(({ key, partition }) => [key, partition]));
      expect(found).toEqual({ abc: 479470107 % 4, 21: (-973932308 & 0x7fffffff) % 4, foobar: (-790332482 & 0x7fffffff) % 4 });
    }, DEADLINE_MS);

    test('records without a key are spread over the partitions', async () => {
      for (let i = 0; i < 40; i++) await broker.publish([record(undefined, String(i))]);
      const records = await readAll();
      expect(records).toHaveLength(40);
      expect(records.every(({ key }) => key === undefined)).toBe(true);
      expect(by(records, ({ partition }) => partition).size).toBeGreaterThan(1);
    }, DEADLINE_MS);

    test('key, headers and value come back byte for byte', async () => {
      const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
      const headers = { ce_id: 'x', ce_source: '선생님 “가”', empty: '' };
      await broker.publish([
        { topic, key: '문제-1 ½🙂', headers, value: bytes },
        { topic, key: 'empty', headers: {}, value: new Uint8Array(0) },
        { topic, key: 'a\u0000b', headers: {}, value: Buffer.from([0]) },
      ]);
      const found = new Map((await readAll()).map((one) => [one.key, one]));
      expect([...found.keys()].sort()).toEqual(['a\u0000b', 'empty', '문제-1 ½🙂']);
      expect(found.get('문제-1 ½🙂')?.headers).toEqual(headers);
      expect(Buffer.from(found.get('문제-1 ½🙂')!.value).equals(bytes)).toBe(true);
      expect(found.get('empty')?.value).toHaveLength(0);
      expect([...found.get('a\u0000b')!.value]).toEqual([0]);
    }, DEADLINE_MS);

    test('a record says when it was appended', async () => {
      const before = Date.now();
      await broker.publish([record('a', 'one')]);
      const [{ timestamp }] = await readAll();
      expect(Math.abs(timestamp - before)).toBeLessThan(60_000);
    }, DEADLINE_MS);

    test('a batch of 2,000 records arrives whole', async () => {
      await broker.publish(numbered(2000));
      const subscription = await broker.subscribe(group, [topic]);
      const taken = await takeCount(subscription, 2000);
      expect(taken.map((one) => Number(textOf(one))).sort((a, b) => a - b)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
    }, DEADLINE_MS);

    test('a new group begins at the earliest record, and each of two groups gets all of them', async () => {
      await broker.publish(numbered(20));
      for (const one of [group, `${group}-other`]) {
        const subscription = await broker.subscribe(one, [topic]);
        expect(await takeCount(subscription, 20)).toHaveLength(20);
      }
    }, DEADLINE_MS);

    test('a member has joined once its share of the partitions is dealt, though there be none for it', async () => {
      const members: Subscription[] = [];
      for (let i = 0; i < 5; i++) members.push(await broker.subscribe(group, [topic]));
      await until('all five members have joined', async () => members.every(({ hasJoined }) => hasJoined));
    }, DEADLINE_MS);

    test('a group reads several topics, and of each partition in order', async () => {
      const other = { ...record('a', 'other'), topic: `${topic}.other` };
      await broker.createTopics([{ name: other.topic, partitions: 2, retentionHours: HOURS }]);
      await broker.publish([...numbered(100), other]);
      const taken = await takeCount(await broker.subscribe(group, [topic, other.topic]), 101);
      expect(taken.filter((one) => one.topic === other.topic).map(textOf)).toEqual(['other']);
      for (const [, some] of by(taken, (one) => `${one.topic} ${one.partition}`)) expect(some.map(({ offset }) => offset)).toEqual(some.map((_, i) => i));
    }, DEADLINE_MS);

    test('no record is given twice to a member', async () => {
      const subscription = await broker.subscribe(group, [topic]);
      const taken: LogRecord[] = [];
      for (let i = 0; i < 10; i++) {
        await broker.publish(numbered(10));
        taken.push(...(await takeCount(subscription, 10)));
      }
      expect(new Set(taken.map(nameOf)).size).toBe(100);
    }, DEADLINE_MS);

    test('take gives no more than asked for', async () => {
      await broker.publish(numbered(50));
      const subscription = await broker.subscribe(group, [topic]);
      for (const limit of [1, 3, 7]) expect((await subscription.take(limit)).length).toBeLessThanOrEqual(limit);
    }, DEADLINE_MS);

    test('take waits for the first record', async () => {
      const subscription = await broker.subscribe(group, [topic]);
      const waiting = subscription.take(10);
      await broker.publish([record('a', 'late')]);
      expect((await waiting).map(textOf)).toEqual(['late']);
    }, DEADLINE_MS);

    test('an aborted take gives nothing, and nothing is lost by it', async () => {
      const subscription = await broker.subscribe(group, [topic]);
      const aborting = new AbortController();
      const waiting = subscription.take(10, aborting.signal);
      aborting.abort();
      expect(await waiting).toEqual([]);
      expect(await subscription.take(10, aborting.signal)).toEqual([]);
      await broker.publish([record('a', 'after')]);
      expect((await subscription.take(10)).map(textOf)).toEqual(['after']);
    }, DEADLINE_MS);

    test('closing the subscription or the broker ends a waiting take with nothing', async () => {
      const first = await broker.subscribe(group, [topic]);
      const waitingOnFirst = first.take(1);
      await first.close();
      expect(await waitingOnFirst).toEqual([]);
      const waitingOnSecond = (await broker.subscribe(group, [topic])).take(1);
      await reopen();
      expect(await waitingOnSecond).toEqual([]);
    }, DEADLINE_MS);

    test('a full partition does not keep the others waiting', async () => {
      await broker.publish(Array.from({ length: 1500 }, (_, i) => record('abc', String(i)))); // partition 3
      await broker.publish([record('21', 'lonely')]);
      const subscription = await broker.subscribe(group, [topic]);
      const lonely = ({ key }: LogRecord) => key === '21';
      const taken = await takeUntil(subscription, 20, (some) => some.some(lonely));
      expect(taken.length).toBeLessThan(1500);
    }, DEADLINE_MS);

    test('after a restart a group goes on where it has committed, and gets again what it has not', async () => {
      await broker.publish(Array.from({ length: 10 }, (_, i) => record('abc', String(i))));
      const subscription = await broker.subscribe(group, [topic]);
      const taken = await takeCount(subscription, 10);
      await subscription.commit([after(taken[5])]);
      await reopen();
      const again = await takeCount(await broker.subscribe(group, [topic]), 4);
      expect(again.map(textOf)).toEqual(['6', '7', '8', '9']);
      expect(await broker.committed(group)).toEqual([after(taken[5])]);
    }, DEADLINE_MS);

    test('of the commits of one partition, the last one counts', async () => {
      await broker.publish(Array.from({ length: 5 }, (_, i) => record('abc', String(i))));
      const subscription = await broker.subscribe(group, [topic]);
      const taken = await takeCount(subscription, 5);
      await Promise.all(taken.slice(0, 4).map((one) => subscription.commit([after(one)])));
      await reopen();
      expect((await takeCount(await broker.subscribe(group, [topic]), 1)).map(textOf)).toEqual(['4']);
    }, DEADLINE_MS);

    test('a group that has committed nothing stands nowhere', async () => {
      expect(await broker.committed(group)).toEqual([]);
    }, DEADLINE_MS);

    test('a paused partition gives nothing until it is resumed, while the others go on', async () => {
      const subscription = await broker.subscribe(group, [topic]);
      await broker.publish([record('abc', 'first'), record('21', 'first')]);
      const [{ partition }] = (await takeCount(subscription, 2)).filter(({ key }) => key === 'abc');
      subscription.pause([{ topic, partition }]);
      await broker.publish([record('abc', 'held')]);
      for (let i = 0; i < 10; i++) {
        await broker.publish([record('21', `more ${i}`)]);
        expect((await takeCount(subscription, 1)).map(({ key }) => key)).toEqual(['21']);
      }
      subscription.resume([{ topic, partition }]);
      expect((await takeCount(subscription, 1)).map(textOf)).toEqual(['held']);
    }, DEADLINE_MS);

    test('a take that waits is woken when a partition is resumed', async () => {
      const subscription = await broker.subscribe(group, [topic]);
      await broker.publish([record('abc', 'first')]);
      const [{ partition }] = await takeCount(subscription, 1);
      subscription.pause([{ topic, partition }]);
      await broker.publish([record('abc', 'held')]);
      const waiting = subscription.take(1);
      subscription.resume([{ topic, partition }]);
      expect((await waiting).map(textOf)).toEqual(['held']);
    }, DEADLINE_MS);

    test('two members share the partitions, and the one that stays takes over from the one that leaves, at its last commit', async () => {
      const first = await broker.subscribe(group, [topic]);
      const second = await broker.subscribe(group, [topic]);
      const board = new Board();
      const stop = [board.follow('first', first), board.follow('second', second)];
      await until('both members have been given some', async () => {
        await broker.publish(numbered(10));
        return board.of('first').length > 0 && board.of('second').length > 0;
      });
      await stop[1]();
      const kept = board.of('second').map(nameOf);
      await second.close();
      await broker.publish([record('abc', 'end'), record('21', 'end'), record('foobar', 'end'), record('key 1', 'end')]);
      await until('the first has got all that the second did not commit, and what came later', async () => {
        const got = new Set(board.of('first').map(nameOf));
        return kept.every((one) => got.has(one)) && board.of('first').filter((one) => textOf(one) === 'end').length >= 4;
      });
      await stop[0]();
    }, DEADLINE_MS);

    test('a member hears which partitions are taken away, and its commits of them are passed over', async () => {
      await broker.publish(numbered(40));
      const first = await broker.subscribe(group, [topic]);
      const revoked: Partition[] = [];
      first.onRevoked((partitions) => revoked.push(...partitions));
      const board = new Board();
      const stopFirst = board.follow('first', first);
      await until('the first has all records', async () => board.of('first').length >= 40);
      const second = await broker.subscribe(group, [topic]);
      const stopSecond = board.follow('second', second);
      await until('the second has been given some of them', async () => board.of('second').length > 0);
      const [lost] = board.of('second');
      expect(revoked).toContainEqual({ topic, partition: lost.partition });
      await first.commit([{ topic, partition: lost.partition, offset: lost.offset + 1 }]);
      expect((await broker.committed(group)).filter(({ partition }) => partition === lost.partition)).toEqual([]);
      await second.commit([after(lost)]);
      expect(await broker.committed(group)).toContainEqual(after(lost));
      await Promise.all([stopFirst(), stopSecond()]);
    }, DEADLINE_MS);

    test('reading starts at the offsets that are asked for', async () => {
      await broker.publish([...Array.from({ length: 5 }, (_, i) => record('abc', String(i))), record('21', 'other')]);
      const all = await readAll();
      const third = all.find((one) => textOf(one) === '2')!;
      expect((await readAll([after(third)])).map(textOf).sort()).toEqual(['3', '4', 'other']);
      expect((await readAll([{ topic: 'another', partition: third.partition, offset: 9 }])).length).toBe(6);
    }, DEADLINE_MS);

    test('the extent of a topic tells of each partition where it begins and ends', async () => {
      await broker.publish([...Array.from({ length: 5 }, (_, i) => record('abc', String(i))), record('21', 'other')]);
      const ends = new Map((await readAll()).map(({ partition, offset }) => [partition, offset + 1]));
      expect(await broker.extent(topic)).toEqual([0, 1, 2, 3].map((partition) => ({ topic, partition, first: 0, end: ends.get(partition) ?? 0 })));
    }, DEADLINE_MS);

    test('reading until now ends, though more is published meanwhile', async () => {
      await broker.publish(numbered(20));
      const texts: string[] = [];
      for await (const one of broker.read(topic, { untilIdle: 0 })) {
        texts.push(textOf(one));
        await broker.publish([record(one.key, 'new')]);
      }
      expect(texts).not.toContain('new');
      expect(texts).toHaveLength(20);
    }, DEADLINE_MS);

    test('reading until idle waits for what comes', async () => {
      await broker.publish([record('a', 'now')]);
      const reading = collect(broker.read(topic, { untilIdle: 1500 }));
      await pause(50);
      await broker.publish([record('b', 'later')]);
      expect((await reading).map(textOf)).toEqual(['now', 'later']);
    }, DEADLINE_MS);

    test('an abort ends the reading', async () => {
      const aborting = new AbortController();
      const reading = collect(broker.read(topic, { untilIdle: Infinity, signal: aborting.signal }));
      await broker.publish([record('a', 'one')]);
      setTimeout(() => aborting.abort(), 50);
      expect((await reading).length).toBeLessThanOrEqual(1);
    }, DEADLINE_MS);

    test('lag tells of each partition how far the group has got and where the log ends', async () => {
      await broker.publish(Array.from({ length: 5 }, (_, i) => record('abc', String(i))));
      const subscription = await broker.subscribe(group, [topic]);
      const taken = await takeCount(subscription, 5);
      await subscription.commit([after(taken[2])]);
      const lag = (await broker.lag()).filter((one) => one.group === group).sort((a, b) => a.partition - b.partition);
      expect(lag).toEqual([0, 1, 2, 3].map((partition) => ({ group, topic, partition, committed: partition === 3 ? 3 : 0, end: partition === 3 ? 5 : 0 })));
    }, DEADLINE_MS);

    test('topics are made once, keep their records and grow, and never shrink', async () => {
      await broker.publish([record('a', 'one')]);
      await broker.createTopics([{ name: topic, partitions: 6, retentionHours: HOURS }]);
      await broker.createTopics([{ name: topic, partitions: 2, retentionHours: 2 * HOURS }]);
      expect((await broker.topics()).filter(({ name }) => name === topic)).toEqual([{ name: topic, partitions: 6, retentionHours: 2 * HOURS }]);
      expect((await readAll()).map(textOf)).toEqual(['one']);
    }, DEADLINE_MS);

    test('what is published into a topic that has grown is all read by its group', async () => {
      const subscription = await broker.subscribe(group, [topic]);
      await broker.createTopics([{ name: topic, partitions: 8, retentionHours: HOURS }]);
      await broker.publish(Array.from({ length: 100 }, (_, i) => record(`key ${i}`, String(i))));
      const taken = await takeCount(subscription, 100);
      expect(by(taken, ({ partition }) => partition).size).toBeGreaterThan(4);
    }, DEADLINE_MS);

    test('a topic that does not exist is refused', async () => {
      const unknown = `unknown.${randomUUID()}`;
      await expect(broker.publish([{ ...record('a', 'one'), topic: unknown }])).rejects.toThrow();
      await expect(broker.subscribe(group, [unknown])).rejects.toThrow();
      await expect(broker.extent(unknown)).rejects.toThrow();
      await expect(collect(broker.read(unknown, { untilIdle: 0 }))).rejects.toThrow();
    }, DEADLINE_MS);

    test('a closed broker takes no more records', async () => {
      const closed = broker;
      await reopen();
      await expect(closed.publish([record('a', 'one')])).rejects.toThrow(/closed/);
      expect(await readAll()).toEqual([]);
    }, DEADLINE_MS);
  });
}

/** What members were given, as it comes. */
class Board {
  private readonly given = new Map<string, LogRecord[]>();

  of(member: string): readonly LogRecord[] {
    return this.given.get(member) ?? [];
  }

  /** Takes on and on; gives the function that ends it. */
  follow(member: string, subscription: Subscription): () => Promise<void> {
    const aborting = new AbortController();
    const records: LogRecord[] = [];
    this.given.set(member, records);
    const following = (async () => {
      while (!aborting.signal.aborted) {
        records.push(...(await subscription.take(16, aborting.signal)));
        await pause(1);
      }
    })();
    return async () => {
      aborting.abort();
      await following;
    };
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + DEADLINE_MS - 2000;
  while (!(await isSo())) {
    if (Date.now() > last) throw new Error(`not so in time: ${what}`);
    await pause(10);
  }
}

async function takeCount(subscription: Subscription, count: number): Promise<LogRecord[]> {
  return takeUntil(subscription, count, (taken) => taken.length >= count);
}

async function takeUntil(subscription: Subscription, limit: number, isEnough: (taken: readonly LogRecord[]) => boolean): Promise<LogRecord[]> {
  const taken: LogRecord[] = [];
  const signal = AbortSignal.timeout(DEADLINE_MS - 2000);
  while (!isEnough(taken)) {
    taken.push(...(await subscription.take(limit, signal)));
    if (signal.aborted) throw new Error(`only ${taken.length} records came in time`);
  }
  return taken;
}

async function collect<One>(all: AsyncIterable<One>): Promise<One[]> {
  const collected: One[] = [];
  for await (const one of all) collected.push(one);
  return collected;
}

function by<One, Key>(all: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function after({ topic, partition, offset }: LogRecord): Position {
  return { topic, partition, offset: offset + 1 };
}

function textOf({ value }: LogRecord): string {
  return Buffer.from(value).toString('utf8');
}

function nameOf({ topic, partition, offset }: LogRecord): string {
  return `${topic} ${partition} ${offset}`;
}
