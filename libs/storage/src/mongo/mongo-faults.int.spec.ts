import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type TransientError } from '@math-labeler/contracts';
import mongoose from 'mongoose';
import { startMongo } from '../../../../tools/test-servers/index.mjs';
import { mongoHome } from '../../../../tools/test-servers/mongodb/home.mjs';
import { openNest } from '../../../../tools/test-servers/nest.mjs';
import { freePorts } from '../../../../tools/test-servers/ports.mjs';
import { ServerProcess } from '../../../../tools/test-servers/server-process.mjs';
import { openMongoStore } from '../open-mongo-store.js';
import { type MongoCollection } from './mongo-collection.js';
import { describeOnMongo } from './mongo-places.fixture.js';
import { type MongoStore, type MongoTable } from './mongo-store.js';

interface Fields {
  readonly count: number;
}
const THINGS: MongoCollection<Fields> = { name: 'things', fields: { count: { type: Number, required: true } }, indexes: [] };
const PATIENT_MS = 30_000;

type Server = Awaited<ReturnType<typeof startMongo>>;

describeOnMongo('a store whose server fails', () => {
  let server: Server;
  let store: MongoStore;
  let things: MongoTable<Fields>;
  beforeAll(async () => {
    server = await startMongo();
    store = await openMongoStore(server.uri, { selectionMs: 1000, answerMs: 2000 });
    await store.migrate([THINGS]);
    things = store.table(THINGS);
  }, 120_000);
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  /** Writers that go on until they are told to stop; each write is told apart. */
  function load(prefix: string) {
    const acknowledged: string[] = [];
    const errors: Error[] = [];
    let slowest = 0;
    let isOver = false;
    const writers = Array.from({ length: 8 }, async (_, w) => {
      for (let i = 0; !isOver; i += 1) {
        const id = `${prefix}-${w}-${i}`;
        const begun = performance.now();
        try {
          await things.change(id, () => ({ next: { count: i }, result: undefined }));
          acknowledged.push(id);
        } catch (error) {
          errors.push(error as Error);
          await delay(20);
        }
        slowest = Math.max(slowest, performance.now() - begun);
      }
    });
    return {
      acknowledged,
      errors,
      slowest: () => slowest,
      stop: async () => {
        isOver = true;
        await Promise.all(writers);
      },
    };
  }

  async function until(condition: () => boolean): Promise<void> {
    for (const deadline = Date.now() + PATIENT_MS; !condition(); await delay(20)) if (Date.now() > deadline) throw new Error('has not come about in time');
  }

  /** All that was acknowledged is there; what failed, failed for a passing reason. */
  async function expectNothingLost({ acknowledged, errors }: ReturnType<typeof load>): Promise<void> {
    const there = await things.getAll(acknowledged);
    expect(acknowledged.filter((_, i) => there[i] === undefined)).toEqual([]);
    expect(errors.filter(({ name }) => name !== 'TransientError')).toEqual([]);
  }

  test('killed under load and started again: nothing acknowledged is lost, everything fails in bounded time meanwhile, and it goes on by itself', async () => {
    const running = load('kill');
    await until(() => running.acknowledged.length > 200);
    await server.kill();
    await until(() => running.errors.length >= 8);
    await expect(store.ping()).rejects.toMatchObject({ name: 'TransientError' });
    await server.start();
    const before = running.acknowledged.length;
    await until(() => running.acknowledged.length > before + 100);
    await running.stop();
    await expectNothingLost(running);
    // Two selections of a second, an answer of two, and what a busy machine adds.
    expect(running.slowest()).toBeLessThan(10_000);
  }, 60_000);

  test('frozen for ten seconds: everything fails in bounded time meanwhile, and it goes on by itself', async () => {
    const running = load('freeze');
    await until(() => running.acknowledged.length > 100);
    server.freeze();
    const frozen = delay(10_000);
    const asked = await Promise.allSettled([store.ping(), things.get('a'), things.find({}), things.count({}), store.missing([THINGS])]);
    expect(asked.map((one) => one.status === 'rejected' && (one.reason as Error).name)).toEqual(Array.from(asked, () => 'TransientError'));
    await until(() => running.errors.length >= 8);
    await frozen;
    server.thaw();
    const before = running.acknowledged.length;
    await until(() => running.acknowledged.length > before + 100);
    await running.stop();
    await expectNothingLost(running);
    expect(running.slowest()).toBeLessThan(10_000);
  }, 60_000);

  test('a primary that steps down is waited for, or told of as passing; nothing acknowledged is lost', async () => {
    const admin = await mongoose.createConnection(server.uri, { directConnection: true, replicaSet: undefined } as mongoose.ConnectOptions).asPromise();
    const running = load('step');
    await until(() => running.acknowledged.length > 100);
    await admin.db!.admin().command({ replSetStepDown: 2, force: true });
    const before = running.acknowledged.length;
    await until(() => running.acknowledged.length > before + 100);
    await running.stop();
    await admin.close();
    await expectNothingLost(running);
  }, 60_000);

  test('a server that is not there yet is waited for', async () => {
    await server.stop();
    const early = await openMongoStore(server.uri, { selectionMs: 300 });
    try {
      await expect(early.table(THINGS).get('a')).rejects.toMatchObject({ name: 'TransientError' });
      await expect(early.missing([THINGS])).rejects.toMatchObject({ name: 'TransientError' });
      await server.start();
      expect(await early.missing([THINGS])).toEqual([]);
      await early.table(THINGS).change('early', () => ({ next: { count: 1 }, result: undefined }));
    } finally {
      await early.close();
    }
  }, 60_000);
});

describeOnMongo('a store whose server does not take it', () => {
  test('a wrong password, and no login at all, are told by name and pass; the right one gets in', async () => {
    const server = await startMongo({ auth: { username: 'labeler', password: 'right' } });
    const at = (login: string) => openMongoStore(server.uri.replace('//', `//${login}`).replace('?', '?authSource=admin&'), { selectionMs: 2000 });
    const stores = [await at('labeler:wrong@'), await openMongoStore(server.uri), await at('labeler:right@')];
    try {
      const reasons = await Promise.all(stores.map((store) => store.table(THINGS).get('a').then(() => 'let in', (error: TransientError) => `${error.name}: ${error.message}`)));
      expect(reasons).toEqual([expect.stringMatching(/^TransientError: .*user name or password/), expect.stringMatching(/^TransientError: .*(does not let|user name)/), 'let in']);
      expect(reasons.join()).not.toContain('wrong@');
    } finally {
      await Promise.all(stores.map((store) => store.close()));
      await server.stop();
    }
  }, 120_000);

  test('a server that is no replica set is refused with what to do; an event sees it as passing', async () => {
    const nest = openNest();
    const [port] = await freePorts(1);
    const folder = join(nest.folder, 'alone');
    mkdirSync(folder);
    const uri = `mongodb://127.0.0.1:${port}/`;
    const command = [join(await mongoHome(), 'mongod'), '--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--wiredTigerCacheSizeGB', '0.25', '--quiet'];
    const isReady = async (): Promise<boolean> => mongoose.createConnection(uri, { serverSelectionTimeoutMS: 500 }).asPromise().then(async (connection) => (await connection.close(), true), () => false);
    await new ServerProcess({ nest, name: 'mongod', folder, command, isReady }).start();
    const store = await openMongoStore(uri);
    try {
      for (const asked of [store.ping(), store.missing([THINGS])]) await expect(asked).rejects.toMatchObject({ name: 'InputError', code: 'STORAGE.NO_REPLICA_SET', reason: { en: expect.stringMatching(/--replSet/) } });
      await expect(store.table(THINGS).get('a')).rejects.toMatchObject({ name: 'TransientError', message: expect.stringMatching(/replica set/) });
    } finally {
      await store.close();
      await nest.close();
    }
  }, 120_000);
});
