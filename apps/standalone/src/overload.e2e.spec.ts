import { setTimeout as pause } from 'node:timers/promises';
import { batchesOf, distinctProblems, post, type Posted } from './client.fixture.js';
import { labelsByEventId, RESULTS, SECONDS, Server, until } from './server.fixture.js';

const PENDING = 400;
/** Ten times the 400 problems a second that the product promises. */
const PER_SECOND = 4000;
const BATCH = 250;
const LOAD_SECONDS = 8;
/** What the product promises for any load. */
const MOST_MB = 450;

interface Answer {
  readonly batch: readonly Posted[];
  readonly status: number;
  readonly code?: string;
  readonly retryAfter: number;
}

describe('a server that is offered ten times what it can do', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ MAX_PENDING: String(PENDING) });
  }, 300 * SECONDS);
  afterAll(() => server.remove());

  it('asks senders to wait, keeps its memory bounded, and does everything that it has accepted', async () => {
    let mostMb = 0;
    const watch = setInterval(() => (mostMb = Math.max(mostMb, server.residentMb)), 100);
    const answers = await sendWithoutMercy(server.url);
    clearInterval(watch);

    const refused = answers.filter(({ status }) => status !== 202);
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['429 GATEWAY.OVERLOADED']));
    expect(refused.filter(({ retryAfter }) => !(retryAfter >= 1 && retryAfter <= 60))).toEqual([]);
    expect(mostMb).toBeLessThan(MOST_MB);

    const accepted = new Set(answers.filter(({ status }) => status === 202).flatMap(({ batch }) => batch.map(({ id }) => id)));
    expect(accepted.size).toBeGreaterThan(PENDING);
    expect(refused.length).toBeGreaterThan(answers.length / 2);
    const labelled = async () => new Set([...labelsByEventId(await server.records(RESULTS)).values()].map(({ id }) => id));
    await until(async () => (await server.count(RESULTS)) >= accepted.size, `${accepted.size} labels`);
    expect(await labelled()).toEqual(accepted);
  }, 90 * SECONDS);
});

/** Pays no attention to being asked to wait, nor to what is still unanswered. */
async function sendWithoutMercy(url: string): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  const started = performance.now();
  for (const [i, batch] of batchesOf(distinctProblems(PER_SECOND * LOAD_SECONDS), BATCH).entries()) {
    await pause(Math.max(0, started + (1000 * i * BATCH) / PER_SECOND - performance.now()));
    answers.push(send(url, batch));
  }
  return Promise.all(answers);
}

async function send(url: string, batch: readonly Posted[]): Promise<Answer> {
  const answer = await post(url, '/api/problems', batch);
  const { code } = (await answer.json()) as { readonly code?: string };
  return { batch, status: answer.status, code, retryAfter: Number(answer.headers.get('retry-after')) };
}
