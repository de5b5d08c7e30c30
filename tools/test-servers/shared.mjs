// One server of each kind for a whole test run. The run is a nest: its folder holds, for each kind that was asked for, what came of it.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LLAMA_MODEL } from './llama/server.mjs';
import { Nest, openNest } from './nest.mjs';

/** @typedef {import('./machine.mjs').Kind} Kind */
/** @typedef {{ address: string, pid?: number } | { unavailable: import('./machine.mjs').Words } | { failed: string }} Outcome */

/** The variable that names the folder of the run to everything that belongs to it. */
export const RUN = 'MATHLABEL_TEST_RUN';

/** The variables that name a server which is there already. None names a language model: its answers might be paid for. @type {Partial<Record<Kind, string>>} */
export const GIVEN = { kafka: 'KAFKA_BROKERS', elasticsearch: 'ELASTICSEARCH_URL', mongodb: 'MONGODB_URI' };

/** What people call them. */
export const TITLES = { kafka: 'Kafka', elasticsearch: 'Elasticsearch', mongodb: 'MongoDB', llama: 'llama.cpp' };

/** What leads our programs to a language model: no test may follow it. */
const PAID = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'];

const KNOWN_WITHIN_MS = 600_000;

/** @type {ReturnType<typeof openNest> | undefined} */
let own;

/** The run that this process belongs to, or one that begins and ends with it. @returns {Nest} */
export function runNest() {
  const folder = process.env[RUN];
  if (folder) return new Nest(folder);
  own ??= openNest();
  return own;
}

function outcomeFile(folder, kind) {
  return join(folder, `${kind}.json`);
}

/** @param {Outcome} outcome */
export function tellOutcome(folder, kind, outcome) {
  const file = outcomeFile(folder, kind);
  writeFileSync(`${file}.new`, JSON.stringify(outcome));
  renameSync(`${file}.new`, file);
}

/** What came of the kind so far. @returns {Outcome | undefined} */
export function outcomeOf(folder, kind) {
  const file = outcomeFile(folder, kind);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The variables that lead our programs to that server. @param {Kind} kind @param {string} address @returns {Record<string, string>} */
export function variablesFor(kind, address) {
  return kind === 'llama' ? { OPENAI_BASE_URL: address, OPENAI_MODEL: LLAMA_MODEL } : { [GIVEN[kind]]: address };
}

/** The address in the variable of that kind, or in the file that NAME_FILE names. @param {Kind} kind */
function givenServer(env, kind) {
  const name = GIVEN[kind];
  if (name === undefined) return undefined;
  return env[name] || (env[`${name}_FILE`] ? readFileSync(env[`${name}_FILE`], 'utf8').trim() : undefined);
}

/** Takes the servers that the environment names for this run, and hides them, and paid ones, from everything that the tests start. */
export function takeGivenServers(folder, env) {
  for (const kind of /** @type {Kind[]} */ (Object.keys(GIVEN))) {
    const address = givenServer(env, kind);
    if (address) tellOutcome(folder, kind, { address });
    delete env[GIVEN[kind]];
    delete env[`${GIVEN[kind]}_FILE`];
  }
  for (const name of PAID) {
    delete env[name];
    delete env[`${name}_FILE`];
  }
}

/**
 * The address of the run's server of that kind, which is started when it is asked for first.
 * @param {Kind} kind
 * @returns {Promise<string | undefined>} undefined where it cannot run on this machine, which the run's last lines say; in CI that is an error
 */
export async function sharedAddress(kind) {
  const given = givenServer(process.env, kind);
  if (given) return given;
  const outcome = await sharedOutcome(kind);
  if ('address' in outcome) return outcome.address;
  if ('failed' in outcome) throw new Error(outcome.failed);
  const { ko, en } = outcome.unavailable;
  if (process.env.CI) throw new Error(`${TITLES[kind]} must run in CI: ${en} / CI에서는 ${TITLES[kind]}이(가) 꼭 실행되어야 합니다: ${ko}`);
  return undefined;
}

/** What came of starting it, once that is known. @param {Kind} kind */
export async function sharedOutcome(kind) {
  const { folder } = runNest();
  return outcomeOf(folder, kind) ?? started(folder, kind);
}

/** Whoever makes the folder of the kind starts the server, in a process of its own that outlives the asking test; all wait for the outcome. */
async function started(folder, kind) {
  const place = join(folder, kind);
  if (isFirst(place)) {
    const starter = new Nest(folder).launch([process.execPath, join(import.meta.dirname, 'start-shared.mjs'), kind, folder], { output: join(place, 'starter.log') });
    starter.once('exit', () => {
      const log = () => readFileSync(join(place, 'starter.log'), 'utf8').slice(-4000);
      if (existsSync(folder) && !outcomeOf(folder, kind)) tellOutcome(folder, kind, { failed: `${TITLES[kind]} was not started:\n${log()}` });
    });
  }
  const deadline = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const outcome = outcomeOf(folder, kind);
    if (outcome) return outcome;
    if (!existsSync(folder)) throw new Error('the test run has ended');
    if (Date.now() > deadline) throw new Error(`${TITLES[kind]} is not there after ${KNOWN_WITHIN_MS / 60_000} minutes`);
    await wait(50);
  }
}

function isFirst(place) {
  try {
    mkdirSync(place);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Lines for people about the servers that this run asked for and did not get. @returns {string[]} */
export function missingServers(folder) {
  if (!folder || !existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => /^(\w+)\.json$/.exec(name)?.[1])
    .filter((kind) => kind !== undefined)
    .flatMap((kind) => {
      const outcome = outcomeOf(folder, kind);
      if (!('unavailable' in outcome)) return [];
      const { ko, en } = outcome.unavailable;
      return [`${TITLES[kind]} did not run, its tests were skipped: ${en}`, `${TITLES[kind]}이(가) 실행되지 않아 해당 테스트를 건너뛰었습니다: ${ko}`];
    });
}
