import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LogRecord } from './broker.js';
import { LogFile } from './embedded-broker.fixture.js';

const project = join(import.meta.dirname, '../../..');
const MINUTE = 60_000;
const ROUNDS = 6;

/** Publishes numbered records without end, takes and commits them, and says what has been acknowledged: `published N`, `committed PARTITION OFFSET`. */
const PUBLISHER = `
  import { writeSync } from 'node:fs';
  import { openDatabase } from '@math-labeler/storage';
  import { EmbeddedBroker } from './libs/messaging/dist/embedded-broker.js';
  const [path, first] = process.argv.slice(1);
  const broker = new EmbeddedBroker(openDatabase(path));
  await broker.createTopics([{ name: 'numbers', partitions: 3, retentionHours: 1 }]);
  let next = Number(first);
  const publish = async () => {
    for (;;) {
      const numbers = Array.from({ length: 1 + (next % 9) }, () => next++);
      await broker.publish(numbers.map((n) => ({ topic: 'numbers', key: 'key ' + (n % 20), headers: { n: String(n) }, value: Buffer.alloc(2000, n % 256) })));
      writeSync(1, numbers.map((n) => 'published ' + n + '\\n').join(''));
    }
  };
  const consume = async () => {
    const subscription = await broker.subscribe('readers', ['numbers']);
    for (;;) {
      const taken = await subscription.take(20);
      const last = taken.at(-1);
      await subscription.commit([{ topic: last.topic, partition: last.partition, offset: last.offset + 1 }]);
      writeSync(1, 'committed ' + last.partition + ' ' + (last.offset + 1) + '\\n');
    }
  };
  await Promise.all([consume(), ...Array.from({ length: 8 }, publish)]);
`;

let file: LogFile;
beforeAll(() => {
  execFileSync(process.execPath, ['tools/build.mjs', ...['curriculum', 'contracts', 'storage', 'messaging'].map((name) => `libs/${name}`)], { cwd: project });
  file = new LogFile();
}, MINUTE);
afterAll(() => file.remove());

/** Runs the publisher and kills it hard after so many lines; gives all the lines that it has written. */
async function publishAndKill(first: number, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PUBLISHER, file.path, String(first)], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (told.length === lines) child.kill('SIGKILL');
  }
  expect(told.length).toBeGreaterThanOrEqual(lines);
  return told;
}

test('a process killed at any moment loses no acknowledged record and no acknowledged commit, and leaves no half batch and no gap', async () => {
  const acknowledged: number[] = [];
  const committed = new Map<number, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const told = await publishAndKill(round * 1_000_000, 100 + Math.floor(Math.random() * 1500));
    for (const line of told) {
      const [what, one, other] = line.split(' ');
      if (what === 'published') acknowledged.push(Number(one));
      if (what === 'committed') committed.set(Number(one), Number(other));
    }
  }

  const broker = file.open();
  const records: LogRecord[] = [];
  for await (const record of broker.read('numbers', { untilIdle: 0 })) records.push(record);
  const numbers = records.map(({ headers }) => Number(headers['n']));
  expect(new Set(numbers).size).toBe(numbers.length);
  const found = new Set(numbers);
  expect(acknowledged.filter((n) => !found.has(n))).toEqual([]);
  for (const { headers, value } of records) expect(Buffer.from(value).equals(Buffer.alloc(2000, Number(headers['n']) % 256))).toBe(true);
  for (const partition of [0, 1, 2]) {
    const offsets = records.filter((one) => one.partition === partition).map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.map((_, i) => i));
  }
  const stands = new Map((await broker.committed('readers')).map(({ partition, offset }) => [partition, offset]));
  for (const [partition, offset] of committed) expect(stands.get(partition)).toBeGreaterThanOrEqual(offset);
  await broker.close();
}, 2 * MINUTE);
