import { setTimeout as pause } from 'node:timers/promises';
import { batchesOf, deliver, distinctProblems, listed, type Posted, view } from './client.fixture.js';
import { labelsByEventId, RESULTS, SECONDS, Server, until } from './server.fixture.js';

const PROBLEMS = 2000;
const BATCH = 50;
const KILLS = 5;
/** Problems that the client has on their way, so that posting goes on over the whole run. */
const AHEAD = 300;
const SEED = 20_221_222;

describe('a server that is killed', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start();
  }, 300 * SECONDS);
  afterAll(() => server.remove());

  it('given kill -9 at moments spread over a run, when it is started again each time, then every acknowledged problem has exactly one label', async () => {
    const random = mulberry32(SEED);
    const problems = distinctProblems(PROBLEMS);
    let labelled = 0;
    const posting = postSteadily(server.url, problems, () => labelled);
    const moments = Array.from({ length: KILLS }, (_, i) => ((i + random()) * PROBLEMS) / KILLS);
    for (const moment of moments) {
      await until(async () => (labelled = await server.count(RESULTS)) >= moment, `${moment} labels`);
      await pause(random() * 50); // Any moment between two looks at the log, not just the one after a look.
      await server.crashAndRestart();
    }
    await until(async () => (labelled = await server.count(RESULTS)) >= PROBLEMS, 'the posting to go on').catch(() => {});
    await posting;
    await everyProblemIsLabelledOnce(server, problems);
  }, 120 * SECONDS);

  it('given SIGTERM under load, then it exits with 0 within 10 s and nothing that it has acknowledged is lost', async () => {
    const problems = distinctProblems(1500, 'term');
    const before = await server.count(RESULTS);
    const acknowledged: Posted[] = [];
    const posting = postUntilRefused(server.url, problems, acknowledged);
    await until(async () => (await server.count(RESULTS)) > before + 50, 'the first labels');
    const end = await server.end('SIGTERM');
    await posting;
    expect(end.code).toBe(0);
    expect(end.seconds).toBeLessThan(10);
    expect(acknowledged.length).toBeGreaterThan(0);
    await server.start();
    await everyProblemIsLabelledOnce(server, acknowledged);
  }, 60 * SECONDS);
});

async function everyProblemIsLabelledOnce(server: Server, problems: readonly Posted[]): Promise<void> {
  const ids = new Set(problems.map(({ id }) => id));
  const read = async () => [...labelsByEventId(await server.records(RESULTS)).values()].filter(({ id }) => ids.has(id));
  await until(async () => new Set((await read()).map(({ id }) => id)).size === ids.size, `a label for each of ${ids.size} problems`).catch(() => {});
  const labels = await read();
  expect(new Set(labels.map(({ id }) => id))).toEqual(ids); // None lost.
  expect(labels.map(({ id, revision }) => `${id} ${revision}`).sort()).toEqual([...ids].map((id) => `${id} 1`).sort()); // One event for each revision.
  await until(async () => (await listed(server.url, 'status=pending')).length === 0, 'the API to have nothing pending');
  expect(new Set((await listed(server.url)).map(({ id }) => id).filter((id) => ids.has(id)))).toEqual(ids);
  for (const label of labels.filter((_, i) => i % 100 === 0)) expect(await view(server.url, label.id)).toMatchObject({ label });
}

/** As a producer that goes by what comes back: at most so many on their way. */
async function postSteadily(url: string, problems: readonly Posted[], labelled: () => number): Promise<void> {
  let posted = 0;
  for (const batch of batchesOf(problems, BATCH)) {
    while (posted - labelled() > AHEAD) await pause(10);
    await deliver(url, batch);
    posted += batch.length;
  }
}

/** Batch after batch, each once; those that were acknowledged are noted. */
async function postUntilRefused(url: string, problems: readonly Posted[], acknowledged: Posted[]): Promise<void> {
  for (const batch of batchesOf(problems, BATCH)) {
    const answer = await fetch(`${url}/api/problems`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(batch) }).catch(() => undefined);
    if (answer?.ok !== true) return;
    acknowledged.push(...batch);
  }
}

/** Pseudo-random numbers in 0..1 (mulberry32), the same ones for a seed. */
function mulberry32(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
