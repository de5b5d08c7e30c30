// How far likeness of meaning helps likeness of wording: which weight it should have, and what it costs. Needs the embedder of OPENAI_EMBEDDING_MODEL,
// which is asked for each text once: its vectors are kept in DATA_DIR. `node tools/bench/embeddings.mjs` prints the figures as JSON.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quantile, round, say } from './figures.mjs';

const [{ readKnowledge }, { openEmbedder }, { normalise }, { embedDocuments, fused, groupByStandard, InProcessKnowledgeIndex, knowledgeDocuments, openVectors }, { readSettings }, { GroupCommit, openDatabase }] = await Promise.all(
  ['labeler', 'llm', 'problem-text', 'search', 'service-kit', 'storage'].map((library) => import(`../../libs/${library}/dist/index.js`)),
);

const LIMITS = { example: 50, standard: 20 };
/** The share of the meaning; 0 is the wording alone, 1 the meaning alone. */
const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 1];
/** Of the examples, asked without their author's others. */
const EVERY = 3;
const TIMED = 200;

/** Recall of the standard by each weight: mean of the authors, each asked about without their own examples, which the weight is chosen by, and on the open set. */
export async function measureEmbeddings() {
  const { embedding, dataDir } = readSettings(process.env);
  if (embedding === undefined) throw new Error('OPENAI_EMBEDDING_MODEL names the model that is to be measured');
  const knowledge = await readKnowledge();
  const embedder = openEmbedder(embedding);
  const database = openDatabase(join(dataDir, 'bench-vectors.sqlite'));
  try {
    const vectors = openVectors({ database, commits: new GroupCommit(database) });
    const documents = await embedded('documents', knowledgeDocuments(knowledge, normalise), { embedder, vectors });
    const examples = knowledge.examples.filter((_, i) => i % EVERY === 0).map(({ text, code, author }) => ({ text: normalise(text), code, group: author }));
    const open = knowledge.evaluation.map(({ text, code }) => ({ text: normalise(text), code, group: undefined }));
    const queries = await embedded('queries', [...examples, ...open], { embedder: asQueries(embedder), vectors });
    const index = new InProcessKnowledgeIndex();
    await index.put(documents);
    say(`embeddings: ${queries.length} searches`);
    const searched = await allSearched(index, queries, embedder.name);
    const table = Object.fromEntries(WEIGHTS.map((weight) => [`weight ${weight}`, { authors: meanOfAuthors(searched, weight), open: recall(searched.filter(({ group }) => group === undefined), weight) }]));
    return { embeddings: { model: embedder.name, dimensions: queries[0].embedding.vector.length, documents: documents.length, queries: queries.length, ...table, ...(await times(index, queries, embedder)) } };
  } finally {
    database.close();
  }
}

async function embedded(what, documents, parts) {
  let told = 0;
  return embedDocuments(documents, parts, {
    onProgress: (done, texts) => {
      if (texts >= told + 1000 || done === documents.length) say(`embeddings: ${done} of ${documents.length} ${what}, ${(told = texts)} texts embedded anew`);
    },
  });
}

/** Queries are kept beside documents, under a name of their own. */
function asQueries(embedder) {
  return { name: `${embedder.name} as query`, embed: (texts, _, signal) => embedder.embed(texts, 'query', signal) };
}

async function allSearched(index, queries, embedder) {
  const searched = [];
  for (const { text, code, group, embedding } of queries) {
    const query = { limits: LIMITS, excludeGroup: group };
    searched.push({ code, group, byWording: await index.search({ ...query, text }), byMeaning: await index.nearest({ ...query, embedding: { embedder, vector: embedding.vector } }) });
  }
  return searched;
}

function hitsOf({ byWording, byMeaning }, weight) {
  if (weight === 1) return byMeaning;
  return fused(byWording, weight === 0 ? [] : byMeaning, LIMITS, weight);
}

function recall(searched, weight) {
  const outcomes = searched.map((one) => {
    const hits = hitsOf(one, weight);
    return { rank: groupByStandard(hits).findIndex(({ code }) => code === one.code), isShown: shownStandards(hits).has(one.code) };
  });
  const share = (holds) => round(outcomes.filter(holds).length / outcomes.length);
  const within = (most) => share(({ rank }) => rank >= 0 && rank < most);
  return { recallAt1: within(1), recallAt5: within(5), recallAt12: within(12), recallAt20: within(20), amongExamplesShown: share(({ isShown }) => isShown) };
}

/** Standards of the examples that a voter that reads is shown: the three most similar, and the best of each further standard, eight in all. */
function shownStandards(hits) {
  const examples = hits.filter(({ document }) => document.kind === 'example');
  const shown = examples.filter(({ document: { code } }, i) => i < 3 || examples.findIndex(({ document }) => document.code === code) === i).slice(0, 8);
  return new Set(shown.map(({ document: { code } }) => code));
}

function meanOfAuthors(searched, weight) {
  const groups = new Set(searched.flatMap(({ group }) => group ?? []));
  const authors = Array.from(groups, (author) => recall(searched.filter(({ group }) => group === author), weight));
  return Object.fromEntries(Object.keys(authors[0]).map((name) => [name, round(authors.reduce((sum, author) => sum + author[name], 0) / authors.length)]));
}

/** In ms, of one search after the other, and of embedding one text, which no store knows. */
async function times(index, queries, embedder) {
  const timed = async (work) => {
    const took = [];
    for (let i = 0; i < TIMED; i++) {
      const started = performance.now();
      await work(queries[(i * 7919) % queries.length], i);
      took.push(performance.now() - started);
    }
    return { p50Ms: round(quantile(took, 0.5)), p95Ms: round(quantile(took, 0.95)) };
  };
  return {
    byWording: await timed(({ text }) => index.search({ text, limits: LIMITS })),
    byMeaning: await timed(({ embedding: { vector } }) => index.nearest({ embedding: { embedder: embedder.name, vector }, limits: LIMITS })),
    embedding: await timed(({ text }, i) => embedder.embed([`${text} (${i})`], 'query')),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(await measureEmbeddings(), null, 2));
