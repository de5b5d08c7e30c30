// Measures what the README promises: `npm run bench -- --json`. Needs an otherwise idle machine; not a test. `--only pipeline,start` measures these
// parts alone; `--loaded` also measures requests with 100,000 problems in the store, which takes minutes more; `--parts real` measures on Kafka, MongoDB
// and Elasticsearch instead of what is embedded, `--parts llm` with a language model that answers slowly, `--parts embeddings` how far the embedder of OPENAI_EMBEDDING_MODEL helps;
// `BENCH_CPU_PROF=FOLDER` has the servers write processor profiles there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCommandLine, mathlabel } from './bench/command-line.mjs';
import { measureLoaded, measurePipeline, measureStart } from './bench/pipeline.mjs';
import { measureLlm } from './bench/llm.mjs';
import { measurePoison } from './bench/poison.mjs';
import { measureReal } from './bench/real.mjs';
import { measureSlowVoter } from './bench/slow-voter.mjs';
import { build } from './build.mjs';

const PARTS = {
  'command-line': measureCommandLine,
  start: measureStart,
  pipeline: measurePipeline,
  'slow-voter': measureSlowVoter,
  llm: measureLlm,
  poison: measurePoison,
  loaded: measureLoaded,
  real: measureReal,
  // Loaded only when the libraries that it measures have been built.
  embeddings: async () => (await import('./bench/embeddings.mjs')).measureEmbeddings(),
};
/** Not without being asked for. */
const EXTRA = ['loaded', 'real', 'embeddings', 'llm'];
/** These start no server. */
const WITHOUT_MODEL = ['command-line', 'embeddings'];

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' }, loaded: { type: 'boolean' }, parts: { type: 'string', default: 'embedded' } } });
const wanted = values.parts !== 'embedded' ? [values.parts] : (values.only?.split(',') ?? Object.keys(PARTS).filter((part) => !EXTRA.includes(part) || values[part]));
const unknown = wanted.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`there is no part ${unknown}; the parts are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}

await build();
const models = wanted.some((part) => !WITHOUT_MODEL.includes(part)) ? await trainedModels() : undefined;
const report = {};
try {
  for (const part of wanted) merge(report, await PARTS[part](models?.folder));
} finally {
  models?.remove();
}
if (values.json) console.log(JSON.stringify(report, null, 2));
else console.table(Object.fromEntries(flat(report)));

/** The folder of a saved model, for the servers to start with: that of `BENCH_MODELS`, or one that is trained now. */
async function trainedModels() {
  if (process.env.BENCH_MODELS) return { folder: process.env.BENCH_MODELS, remove: () => {} };
  const dataDir = mkdtempSync(join(tmpdir(), 'mathlabel-bench-models-'));
  console.error('training a model for the servers');
  await mathlabel(['train'], { DATA_DIR: dataDir });
  return { folder: join(dataDir, 'models'), remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

function merge(into, figures) {
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value === 'object' && value !== null) merge((into[name] ??= {}), value);
    else into[name] = value;
  }
}

function flat(figures, path = '') {
  return Object.entries(figures).flatMap(([name, value]) => (typeof value === 'object' ? flat(value, `${path}${name}.`) : [[`${path}${name}`, value]]));
}
