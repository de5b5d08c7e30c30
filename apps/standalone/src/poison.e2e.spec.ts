import { batchesOf, deliver, distinctProblems, listed, post, type Posted } from './client.fixture.js';
import { labelsByEventId, record, RESULTS, SECONDS, Server, until } from './server.fixture.js';

const PROBLEMS = 800;
const INGESTED = 'problem.ingested.v1';
const DEAD = `${INGESTED}.dlq`;

interface DeadLetters {
  readonly deadLetters: readonly { readonly topic: string; readonly code: string; readonly tries: number; readonly key?: string }[];
}

describe('poison among many problems', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ PARTITIONS: '1' }); // Everything is behind the poison.
  }, 300 * SECONDS);
  afterAll(() => server.remove());

  it('given records that no handler can bear, then the rest finish in about the clean time and the poison is in the dead letters', async () => {
    const clean = await secondsFor(distinctProblems(PROBLEMS, 'clean'));
    const poisoned = await secondsFor(distinctProblems(PROBLEMS, 'poisoned'), () =>
      server.publish([record(INGESTED, 'poison-1', '{"problem": '), record(INGESTED, 'poison-2', { problem: { id: 'poison-2' } })]),
    );
    expect(poisoned).toBeLessThan(1.5 * clean + 1); // The benchmark measures it closely.
    await until(async () => (await server.records(DEAD)).length === 2, 'two dead letters');
    const { deadLetters } = (await (await fetch(`${server.url}/api/dead-letters`)).json()) as DeadLetters;
    expect(deadLetters.map(({ topic, code, tries, key }) => ({ topic, code, tries, key }))).toEqual([
      { topic: INGESTED, code: 'DELIVERY.NOT_JSON', tries: 1, key: 'poison-1' },
      { topic: INGESTED, code: 'DELIVERY.INVALID_EVENT', tries: 1, key: 'poison-2' },
    ]);
  }, 120 * SECONDS);

  it('given a redrive, when another follows, then it changes nothing', async () => {
    await redrive(2);
    await until(async () => (await server.records(DEAD)).length === 4, 'the poison to be dead again');
    const before = await state();
    await redrive(2);
    await until(async () => (await server.records(DEAD)).length === 6, 'the poison to be dead once more');
    expect(await state()).toEqual(before);
  }, 30 * SECONDS);

  async function redrive(expected: number): Promise<void> {
    const answer = await post(server.url, '/api/dead-letters/redrive', { topic: INGESTED });
    expect(await answer.json()).toEqual({ redriven: expected });
  }

  /** What a person and a consumer see: the labels, the waiting dead letters, and every problem with its status. */
  async function state() {
    await until(async () => (await listed(server.url, 'status=failed')).length === 2, 'the API to tell of both');
    const { deadLetters } = (await (await fetch(`${server.url}/api/dead-letters`)).json()) as DeadLetters;
    return {
      labels: [...labelsByEventId(await server.records(RESULTS)).keys()].sort(),
      dead: deadLetters.map(({ code, key }) => `${key} ${code}`).sort(),
      statuses: (await listed(server.url)).map(({ id, status }) => `${id} ${status}`).sort(),
    };
  }

  async function secondsFor(problems: readonly Posted[], inTheMiddle?: () => Promise<void>): Promise<number> {
    const target = (await server.count(RESULTS)) + problems.length;
    const started = performance.now();
    const batches = batchesOf(problems, 200);
    for (const [i, batch] of batches.entries()) {
      if (i === 1) await inTheMiddle?.();
      await deliver(server.url, batch);
    }
    await until(async () => (await server.count(RESULTS)) >= target, 'all labels');
    return (performance.now() - started) / 1000;
  }
});
