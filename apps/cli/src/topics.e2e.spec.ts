import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { deadLetterOf, EmbeddedBroker } from '@math-labeler/messaging';
import { openDatabase } from '@math-labeler/storage';
import { jest } from '@jest/globals';
import { sharedKafka } from '../../../tools/test-servers/index.mjs';
import { lines, MINUTES, type Run, until, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(MINUTES);

const kafka = await sharedKafka();

const INPUT = 'problem.submitted.v1';
let place: Workplace;
let env: Record<string, string>;
beforeEach(() => {
  place = new Workplace();
  env = { DATA_DIR: join(place.folder, 'data') };
});
afterEach(() => place.remove());

const topics = (...args: string[]): Promise<Run> => place.run(['topics', ...args], { env });
const consumed = async (...args: string[]): Promise<{ id?: string; key?: string; partition: number; offset: number; value: unknown; headers: object }[]> =>
  (await topics('consume', ...args, '--json')).stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as never);
const problems = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `p${i}`, text: `${i} + 5` }));

/** Works on the log as another process that has it open. */
async function beside<Result>(work: (broker: EmbeddedBroker) => Promise<Result>): Promise<Result> {
  const database = openDatabase(join(env['DATA_DIR'], 'math-labeler.sqlite'));
  const broker = new EmbeddedBroker(database);
  try {
    return await work(broker);
  } finally {
    await broker.close();
    database.close();
  }
}

test('what is published on a fresh machine, bare and keyed by the problem, can be consumed from the beginning', async () => {
  const published = await topics('publish', INPUT, place.file('problems.jsonl', lines(problems(1200))));
  expect(published).toMatchObject({ code: 0, stdout: '', stderr: `${INPUT}에 1200개를 발행했습니다\n` });
  const records = await consumed(INPUT, '--from-beginning', '--until-idle', '0');
  expect(records).toHaveLength(1200);
  expect(new Set(records.map(({ partition }) => partition)).size).toBeGreaterThan(1);
  for (const { key, value, headers } of records) expect({ key, headers }).toEqual({ key: (value as { id: string }).id, headers: {} });
});

test('lines that are no JSON are named, the others go through, and empty ones are passed over', async () => {
  const input = Buffer.concat([Buffer.from('\ufeff{"id":"1","text":"3 + 5"}\n\n{"id":\n'), Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from('"no problem, but JSON"')]);
  const { code, stderr } = await place.run(['topics', 'publish', INPUT, '-'], { env, input });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^-:3 UTF-8로 쓴 JSON이 아닙니다 .*\n-:4 UTF-8로/m);
  expect(stderr).toContain('2개를 발행했습니다, 쓰지 못함 2');
  expect((await consumed(INPUT, '--from-beginning', '--until-idle', '0')).map(({ key, value }) => [key, value])).toEqual(expect.arrayContaining([['1', { id: '1', text: '3 + 5' }], [undefined, 'no problem, but JSON']]));
  expect(await place.run(['topics', 'publish', INPUT], { env, input: 'nothing\n' })).toMatchObject({ code: 2 });
});

test('a topic that is no input is refused, unless it is forced', async () => {
  expect(await place.run(['topics', 'publish', 'problem.ingested.v1'], { env, input: '{}' })).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') as string });
  expect(await place.run(['topics', 'publish', 'problem.ingested.v1', '--force'], { env, input: '{}' })).toMatchObject({ code: 0 });
});

test('without --from-beginning only new records come, until Ctrl-C, and each as soon as it is there', async () => {
  await place.run(['topics', 'publish', INPUT], { env, input: lines(problems(3)) });
  let seen = '';
  const { code } = await place.run(['topics', 'consume', INPUT, '--json'], {
    env,
    during: async (child) => {
      child.stdout!.on('data', (piece: Buffer) => (seen += piece.toString()));
      for (let i = 0; seen === ''; i++) await place.run(['topics', 'publish', INPUT], { env, input: lines([{ id: `new${i}`, text: '1' }]) });
      await until(() => seen.includes('"new'), 'a new record');
      child.kill('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(seen).not.toContain('"p0"');
});

test('--limit and --until-idle end the reading', async () => {
  await place.run(['topics', 'publish', INPUT], { env, input: lines(problems(20)) });
  expect(await consumed(INPUT, '--from-beginning', '--limit', '7')).toHaveLength(7);
  const began = performance.now();
  expect(await consumed(INPUT, '--until-idle', '1')).toEqual([]);
  expect(performance.now() - began).toBeGreaterThan(1000);
  expect((await topics('consume', INPUT, '--from-beginning', '--until-idle', '0')).stdout).toMatch(/^\d{4}-\S+ {2}\d:\d+ {2}p\d+ {2}\{"id":"p\d+","text":".*"\}$/m);
});

test('whoever reads a followed topic and has seen enough causes no failure', async () => {
  await place.run(['topics', 'publish', INPUT], { env, input: lines(problems(5000)) });
  const program = join(import.meta.dirname, '../bin/mathlabel.mjs');
  const child = spawn('bash', ['-c', `"${process.execPath}" "${program}" topics consume ${INPUT} --from-beginning --json | head -1; echo "\${PIPESTATUS[0]}"`], { env: { ...process.env, ...env } });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  expect(said.trim().split('\n').at(-1)).toBe('0');
});

test('list and lag count what is there while another process has the log open', async () => {
  await topics('publish', INPUT, place.file('some.jsonl', lines(problems(10))));
  await beside(async (broker) => {
    const subscription = await broker.subscribe('ingestion', [INPUT]);
    const [{ topic, partition, offset }] = await subscription.take(1);
    await subscription.commit([{ topic, partition, offset: offset + 1 }]);
    const listed = (await topics('list', '--json')).stdout.trim().split('\n').map((line) => JSON.parse(line) as { topic: string; records: number });
    expect(listed.find((one) => one.topic === INPUT)).toMatchObject({ topic: INPUT, partitions: 8, records: 10, retentionHours: 168 });
    expect(listed.filter((one) => one.topic.endsWith('.dlq'))).toHaveLength(listed.length / 2);
    expect((await topics('list')).stdout).toMatch(/^problem\.submitted\.v1 +8 +10 +7일 +문제를 보냈습니다/m);
    expect(JSON.parse((await topics('lag', '--json')).stdout)).toEqual({ group: 'ingestion', topic: INPUT, committed: 1, end: 10, lag: 9 });
    expect((await topics('lag', '--lang', 'en')).stdout).toMatch(/^group +topic +committed +end +lag\ningestion +problem\.submitted\.v1 +1 +10 +9$/m);
  });
});

test('dead letters are shown with their reason, and once put back are no more', async () => {
  await topics('publish', INPUT, place.file('one.jsonl', lines(problems(1))));
  await beside(async (broker) => {
    for await (const record of broker.read(INPUT, { untilIdle: 0 })) await broker.publish([deadLetterOf(record, { service: 'ingestion', code: 'BUG', reason: 'TypeError: broken', tries: 1, at: Date.UTC(2026, 2, 2) })]);
  });
  const shown = await topics('dead-letters');
  expect(shown.stdout).toMatch(/^2026-03-02T\S+ {2}problem\.submitted\.v1 \d:\d {2}p0 {2}ingestion {2}BUG \(×1\) {2}TypeError: broken\n$/);
  expect(JSON.parse((await topics('dead-letters', '--topic', `${INPUT}.dlq`, '--json')).stdout)).toMatchObject({ topic: INPUT, key: 'p0', code: 'BUG', at: '2026-03-02T00:00:00.000Z' });
  expect(await topics('redrive', '--topic', INPUT)).toMatchObject({ code: 0, stderr: '1개를 제 토픽으로 돌려보냈습니다.\n' });
  expect(await topics('redrive')).toMatchObject({ code: 0, stderr: '0개를 제 토픽으로 돌려보냈습니다.\n' });
  expect(await topics('dead-letters', '--json')).toMatchObject({ code: 0, stdout: '' });
  expect(await consumed(INPUT, '--from-beginning', '--until-idle', '0')).toHaveLength(2);
});

test('a log that another process is writing for longer than may be waited for is said to be busy', async () => {
  await topics('publish', INPUT, place.file('one.jsonl', lines(problems(1))));
  const other = new DatabaseSync(join(env['DATA_DIR'], 'math-labeler.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  const { code, stderr } = await topics('publish', INPUT, join(place.folder, 'one.jsonl'));
  other.close();
  expect(code).toBe(2);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test.each([
  ['a slip', ['consume', 'problem.submited.v1'], '혹시 problem.submitted.v1?'],
  ['half a name', ['publish', 'submitted'], '혹시 problem.submitted.v1'],
  ['nothing like it', ['dead-letters', '--topic', 'orders'], 'mathlabel topics list'],
])('an unknown topic is refused with the near ones: %s', async (_, args, named) => {
  await place.run(['topics', 'publish', INPUT], { env, input: '' });
  const { code, stdout, stderr } = await topics(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(named);
});

test.each([['list'], ['lag'], ['consume', INPUT], ['dead-letters'], ['redrive']])('where there is no log, %s says so and makes none', async (...args) => {
  const { code, stderr } = await topics(...args);
  expect(code).toBe(2);
  expect(stderr).toContain('DATA_DIR');
  expect((await topics('list')).code).toBe(2);
});

test.each([
  ['--until-idle', '-1'],
  ['--until-idle', 'soon'],
  ['--limit', '0'],
  ['--limit', '1.5'],
])('%s %s is refused', async (...option) => {
  expect(await topics('consume', INPUT, ...option)).toMatchObject({ code: 2, stderr: expect.stringContaining(option[0]) as string });
});

describe('where the topics are on Kafka', () => {
  const onKafka = kafka === undefined ? test.skip : test;
  const count = /^만듦 (\d+), 바꿈 (\d+), 그대로 (\d+)/m;
  beforeEach(() => (env = { KAFKA_BROKERS: kafka ?? '', KAFKA_PREFIX: `cli-${randomUUID()}.` }));

  onKafka('they are made by a step of its own, once, grow, and are published to and read like those of the embedded log', async () => {
    const planned = await topics('apply', '--dry-run');
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/^model\.promoted\.v1 +만듦 +8 +\d .*cleanup\.policy=compact,delete/m) as string });
    expect((await topics('list', '--json')).stdout).toBe('');
    const [, made] = count.exec((await topics('apply', '--partitions', '3', '--replication', '1')).stderr)!.map(Number);
    expect(made).toBeGreaterThan(20);
    expect(count.exec((await topics('apply', '--partitions', '3')).stderr)!.slice(1).map(Number)).toEqual([0, 0, made]);
    const grown = await topics('apply', '--partitions', '4', '--lang', 'en');
    expect(grown.stdout).toMatch(/^problem\.submitted\.v1 +changed +3 → 4/m);

    expect(await topics('publish', INPUT, place.file('some.jsonl', lines(problems(20))))).toMatchObject({ code: 0 });
    expect(await consumed(INPUT, '--from-beginning', '--until-idle', '0')).toHaveLength(20);
    expect((await topics('list')).stdout).toMatch(/^problem\.submitted\.v1 +4 +20 +7일/m);
    expect(await topics('lag', '--json')).toMatchObject({ code: 0, stdout: '' });
    expect(await topics('dead-letters', '--json')).toMatchObject({ code: 0, stdout: '' });
    expect(await topics('redrive')).toMatchObject({ code: 0, stderr: '0개를 제 토픽으로 돌려보냈습니다.\n' });
  }, 3 * MINUTES);

  test('a cluster that is away is said to be so', async () => {
    env['KAFKA_BROKERS'] = '127.0.0.1:1';
    expect(await topics('list')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/127\.0\.0\.1:1 .*연결할 수 없습니다/) as string });
  });

  test('without Kafka there is nothing to apply, and who may do what is shown without a server', async () => {
    env = {};
    expect(await topics('apply')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('KAFKA_BROKERS') as string });
    expect((await topics('acls')).stdout).toMatch(/^User:ingestion +topic +problem\.submitted\.v1 +read, describe-configs$/m);
  });
});
