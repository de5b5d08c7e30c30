// What running on Kafka, MongoDB and Elasticsearch costs: `npm run bench -- --parts real`. Starts the servers itself unless all three are named by
// KAFKA_BROKERS, MONGODB_URI and ELASTICSEARCH_URL.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startElasticsearch, startKafka, startMongo } from '../test-servers/index.mjs';
import { quantile, round, say } from './figures.mjs';
import { distinctProblems } from './problems.mjs';
import { Cluster, cpuSecondsOf } from './real/cluster.mjs';
import { measureDelivery } from './real/delivery.mjs';
import { measureRetrieval } from './retrieval.mjs';

const PROBLEMS = Number(process.env.BENCH_PROBLEMS ?? 10_000);
const SINGLES = 300;
const WARM_UP = 500;

export async function measureReal(models) {
  const servers = await openServers();
  try {
    return { real: { ...(await measureCluster(models, servers)), ...(await measureDelivery(servers.env.KAFKA_BROKERS)), ...(await measureRetrieval(servers.env.ELASTICSEARCH_URL)) } };
  } finally {
    await servers.stop();
  }
}

async function measureCluster(models, { env, pids, kafkaFolder }) {
  say('real: six services');
  const cluster = await Cluster.start({ models, env });
  try {
    await cluster.label(distinctProblems(WARM_UP, { prefix: 'warm' }));
    say(`real: ${PROBLEMS} problems`);
    const before = { ...cluster.cpuSeconds(), ...cpuOf(pids) };
    const bytesBefore = { kafka: bytesIn(kafkaFolder), mongodb: await cluster.storedBytes() };
    const seconds = await cluster.label(distinctProblems(PROBLEMS));
    const after = { ...cluster.cpuSeconds(), ...cpuOf(pids) };
    const bytesAfter = { kafka: bytesIn(kafkaFolder), mongodb: await cluster.storedBytes() };
    say(`real: ${SINGLES} requests, one at a time`);
    const single = await cluster.labelOneByOne(distinctProblems(SINGLES, { first: 1_000_000, prefix: 'single' }));
    return {
      problems: PROBLEMS,
      problemsPerSecond: Math.round(PROBLEMS / seconds),
      single: { p50Ms: round(quantile(single, 0.5)), p95Ms: round(quantile(single, 0.95)), p99Ms: round(quantile(single, 0.99)) },
      residentMb: Math.round(cluster.residentMb()),
      bytesPerProblem: Object.fromEntries(Object.keys(bytesAfter).map((name) => [name, Math.round((bytesAfter[name] - bytesBefore[name]) / PROBLEMS)])),
      cpuMsPerProblem: Object.fromEntries(Object.keys(after).map((name) => [name, round((1000 * (after[name] - before[name])) / PROBLEMS)])),
    };
  } finally {
    await cluster.stop();
  }
}

/** The last one is Kafka's properties file, which lies beside its data. */
function argumentsOf(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
}

/** Of the segments of a broker's log; NaN where that is not here. Only what is written counts: an index is as large as it may become. */
function bytesIn(folder) {
  if (folder === undefined) return NaN;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log') && !file.includes('__'))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

function cpuOf(pids) {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSecondsOf(pid)]));
}

async function openServers() {
  const { KAFKA_BROKERS, MONGODB_URI, ELASTICSEARCH_URL } = process.env;
  if (KAFKA_BROKERS && MONGODB_URI && ELASTICSEARCH_URL) return { env: { KAFKA_BROKERS, MONGODB_URI, ELASTICSEARCH_URL }, pids: {}, stop: async () => {} };
  say('real: starting Kafka, MongoDB and Elasticsearch');
  const [kafka, mongodb, elasticsearch] = await Promise.all([startKafka(), startMongo(), startElasticsearch({ jvm: [] })]);
  return {
    env: { KAFKA_BROKERS: kafka.brokers, MONGODB_URI: mongodb.uri, ELASTICSEARCH_URL: elasticsearch.url },
    kafkaFolder: join(dirname(argumentsOf(kafka.pid).at(-1)), 'data'),
    pids: { kafka: kafka.pid, mongodb: mongodb.pid, elasticsearch: elasticsearch.pid },
    stop: () => Promise.all([kafka, mongodb, elasticsearch].map((server) => server.stop())),
  };
}
