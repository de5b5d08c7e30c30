// What the server promises, measured from outside through HTTP and the log.
import { best, quantile, round, say } from './figures.mjs';
import { distinctProblems } from './problems.mjs';
import { Server } from './server.mjs';

const PROBLEMS = Number(process.env.BENCH_PROBLEMS ?? 20_000);
const SINGLES = 300;
const WARM_UP = 30;
const MOST = 2.5 * PROBLEMS;
const LOADED_PROBLEMS = 5 * PROBLEMS;
const LOADED_EXAMPLES = 20_000;

/** From the start of the process to the first answer that says ready. */
export async function measureStart(models) {
  say('start: with a saved model');
  const ready = await best(3, () => startOnce({ models }));
  say('start: training first');
  const trained = await startOnce({});
  return { start: { readySeconds: round(ready.seconds), readyAfterTrainingSeconds: round(trained.seconds) } };
}

/** Throughput in batches, the time of one request when idle, and memory as it goes on. */
export async function measurePipeline(models) {
  const server = await Server.start({ models });
  const rss = {};
  const noteRss = async (posted) => {
    if (posted >= PROBLEMS / 2) rss.half ??= server.residentMb();
  };
  say(`pipeline: ${PROBLEMS} problems`);
  const cpuBefore = server.cpuSeconds();
  const seconds = await server.label(distinctProblems(PROBLEMS), { onAcknowledged: noteRss });
  const cpuMs = 1000 * (server.cpuSeconds() - cpuBefore);
  say(`pipeline: ${SINGLES} requests, one at a time`);
  const single = await timeSingles(server, 'single');
  say(`pipeline: on to ${MOST} problems`);
  await server.label(distinctProblems(MOST - PROBLEMS, { first: PROBLEMS }));
  const residentMb = server.residentMb();
  const maxRssMb = await server.stop();
  return {
    pipeline: {
      problems: PROBLEMS,
      problemsPerSecond: Math.round(PROBLEMS / seconds),
      cpuMsPerProblem: Number.isNaN(cpuMs) ? undefined : round(cpuMs / PROBLEMS),
      single: { p50Ms: round(quantile(single, 0.5)), p95Ms: round(quantile(single, 0.95)) },
      [`rssMbAfter${PROBLEMS / 2}`]: rss.half,
      [`rssMbAfter${MOST}`]: residentMb,
      maxRssMb,
    },
  };
}

/** The time of one request with many problems in the store and many examples in the knowledge base. */
export async function measureLoaded(models) {
  let server = await Server.start({ models });
  say(`loaded: ${LOADED_PROBLEMS} problems`);
  await server.label(distinctProblems(LOADED_PROBLEMS));
  say(`loaded: ${LOADED_EXAMPLES} examples`);
  teach(server.database, LOADED_EXAMPLES);
  const { folder } = server;
  await server.stop({ keep: true });
  server = await Server.start({ folder });
  const single = await timeSingles(server, 'loaded');
  const { readySeconds } = server;
  const maxRssMb = await server.stop();
  return { pipeline: { single: { p50MsLoaded: round(quantile(single, 0.5)), p95MsLoaded: round(quantile(single, 0.95)) }, loaded: { maxRssMb, readySeconds: round(readySeconds) } } };
}

async function timeSingles(server, prefix) {
  const problems = distinctProblems(WARM_UP + SINGLES, { first: 1_000_000, prefix });
  return (await server.labelOneByOne(problems)).slice(WARM_UP);
}

async function startOnce({ models }) {
  const server = await Server.start({ models });
  const { readySeconds } = server;
  await server.stop();
  return { seconds: readySeconds };
}

/** As if reviewers had confirmed so many problems: the rows that retrieval would have written, read at its next start. */
function teach(database, count) {
  const statement = database.prepare('INSERT INTO retrieval_learned (id, revision, text, code, level, contested) VALUES (?, 2, ?, ?, ?, 0) ON CONFLICT DO NOTHING');
  database.exec('BEGIN');
  for (const { id, content } of distinctProblems(count, { first: 2_000_000, prefix: 'taught' })) statement.run(id, content, '2수01-01', 'B');
  database.exec('COMMIT');
}
