// Real Kafka, Elasticsearch (with Nori), MongoDB and a llama.cpp server for tests, without containers: `npm run servers` for people, this file for specs.
//
//   const brokers = await sharedKafka();
//   (brokers === undefined ? describe.skip : describe)('…', …)
//
// A shared server serves the whole run: a spec isolates itself by a prefix of its topics, groups and indexes, or by a database of its own.
// A private one is for a spec that kills, freezes or secures it. All of them end with the run, in whatever way that ends.
// Downloads are pinned and stay in ~/.cache/math-labeler/test-servers. Where KAFKA_BROKERS, ELASTICSEARCH_URL or MONGODB_URI is set,
// the shared server is that one. No variable names the language model: tests never ask one that is paid for.
import { startElasticsearchIn } from './elasticsearch/server.mjs';
import { startSecureKafkaIn } from './kafka/secure.mjs';
import { startKafkaClusterIn, startKafkaIn } from './kafka/server.mjs';
import { startLlamaIn } from './llama/server.mjs';
import { startMongoIn } from './mongodb/server.mjs';
import { runNest, sharedAddress } from './shared.mjs';

/** The run's Kafka as `host:port`, undefined where none can run (in CI an error); started when first asked for. */
export function sharedKafka() {
  return sharedAddress('kafka');
}

/** The run's Elasticsearch as `http://host:port`, undefined where none can run (in CI an error); started when first asked for. */
export function sharedElasticsearch() {
  return sharedAddress('elasticsearch');
}

/** The run's MongoDB, a replica set, as a URI without a database; undefined where none can run (in CI an error); started when first asked for. */
export function sharedMongo() {
  return sharedAddress('mongodb');
}

/** The run's llama.cpp server with a small model as `http://host:port/v1`, without a key; undefined where none can run (in CI an error); started when first asked for. */
export function sharedLlama() {
  return sharedAddress('llama');
}

/** The same server with that database. @param {string} base @param {string} database */
export function mongoUri(base, database) {
  const [, server, , query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(\/[^?]*)?(?:\?(.*))?$/.exec(base);
  const parameters = new URLSearchParams(query);
  // A login belongs to `admin` unless something else is said; a database in the address would be something else.
  if (server.includes('@') && !parameters.has('authSource')) parameters.set('authSource', 'admin');
  return `${server}/${database}${parameters.size > 0 ? `?${parameters}` : ''}`;
}

/** A broker of one's own. @param {{ properties?: Record<string, string> }} [options] */
export function startKafka(options) {
  return startKafkaIn(runNest(), options);
}

/** Up to three brokers that replicate every topic. @param {{ nodes?: number }} [options] */
export function startKafkaCluster(options) {
  return startKafkaClusterIn(runNest(), options);
}

/** A broker with TLS, SCRAM-SHA-512 and ACLs. @param {{ users: Record<string, string> }} options name -> password */
export function startSecureKafka(options) {
  return startSecureKafkaIn(runNest(), options);
}

/** An Elasticsearch of one's own. @param {{ jvm?: string[] }} [options] `jvm`: `[]` for measurements, which its quick start would slow */
export function startElasticsearch(options) {
  return startElasticsearchIn(runNest(), options);
}

/** A llama.cpp server of one's own. @param {{ apiKey?: string }} [options] */
export function startLlama(options) {
  return startLlamaIn(runNest(), options);
}

/** A MongoDB of one's own. @param {{ auth?: { username: string, password: string } }} [options] */
export function startMongo(options) {
  return startMongoIn(runNest(), options);
}

export { LLAMA_MODEL } from './llama/server.mjs';
