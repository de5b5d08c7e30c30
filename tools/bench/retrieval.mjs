// How well and how fast the knowledge index finds: in this process, and in Elasticsearch. `node tools/bench/retrieval.mjs` prints it as JSON, with
// ELASTICSEARCH_URL for both.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { quantile, round, say } from './figures.mjs';

const [{ gatherEvidence, readKnowledge }, { normalise }, { groupByStandard, InProcessKnowledgeIndex, knowledgeDocuments, openElasticsearchIndex }] = await Promise.all(
  ['labeler', 'problem-text', 'search'].map((library) => import(`../../libs/${library}/dist/index.js`)),
);

const WARM_UP = 2000;
const PER_SECOND = 50;
const SECONDS = 20;

/** Recall of the standard on the open set, and the time of a search that is asked for every 20 ms, whether the ones before it are answered or not. */
export async function measureRetrieval(url) {
  const knowledge = await readKnowledge();
  const documents = knowledgeDocuments(knowledge, normalise);
  const gold = knowledge.evaluation.map(({ text, code }) => ({ text: normalise(text), code }));
  const results = { inProcess: await measured('in-process', await inProcess(documents), gold) };
  if (url) {
    const index = await openElasticsearchIndex({ url, alias: `bench-${randomUUID()}` });
    try {
      say(`retrieval: building an index of ${documents.length} documents in Elasticsearch`);
      const started = performance.now();
      await index.versions.prepare(documents, { dataset: knowledge.fingerprints.dataset, taxonomy: knowledge.fingerprints.taxonomy, product: 'bench' });
      const buildSeconds = round((performance.now() - started) / 1000);
      results.elasticsearch = { ...(await measured('Elasticsearch', index, gold)), buildSeconds };
    } finally {
      for (const { name } of await index.versions.list()) await fetch(`${url}/${name}`, { method: 'DELETE' });
      await index.close();
    }
  }
  return { retrieval: { problems: gold.length, documents: documents.length, perSecond: PER_SECOND, ...results } };
}

async function inProcess(documents) {
  const index = new InProcessKnowledgeIndex();
  await index.put(documents);
  return index;
}

async function measured(name, index, gold) {
  say(`retrieval: ${name}, what it finds`);
  const ranks = [];
  for (const { text, code } of gold) {
    const candidates = groupByStandard(await index.search({ text, limits: { example: 50, standard: 20 } }));
    ranks.push(candidates.findIndex((candidate) => candidate.code === code));
  }
  const within = (most) => round(ranks.filter((rank) => rank >= 0 && rank < most).length / ranks.length);
  say(`retrieval: ${name}, ${PER_SECOND} searches a second`);
  for (let i = 0; i < WARM_UP; i++) await gatherEvidence(gold[i % gold.length].text, index);
  const times = await timesAtRate(gold, index);
  return { recallAt1: within(1), recallAt5: within(5), recallAt20: within(20), p50Ms: round(quantile(times, 0.5)), p95Ms: round(quantile(times, 0.95)), p99Ms: round(quantile(times, 0.99)) };
}

/** From the moment that a search was due: what waits for others counts. */
async function timesAtRate(gold, index) {
  const started = performance.now();
  const searches = [];
  for (let i = 0; i < PER_SECOND * SECONDS; i++) {
    const due = started + (i * 1000) / PER_SECOND;
    await pause(Math.max(0, due - performance.now()));
    searches.push(gatherEvidence(gold[(i * 7919) % gold.length].text, index).then(() => performance.now() - due));
  }
  return Promise.all(searches);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(await measureRetrieval(process.env.ELASTICSEARCH_URL), null, 2));
