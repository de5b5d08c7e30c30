// npm run servers                 starts the servers and ends them with Ctrl-C
// npm run servers -- --detach     leaves them running; on standard output stands what a shell reads: eval "$(npm run --silent servers -- --detach)"
// npm run servers -- --stop       ends those that were left running
// Only some of them: npm run servers -- [--detach] kafka mongodb
// A language model too, only when it is named: npm run servers -- llama
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { Nest, guard, openNest } from './nest.mjs';
import { GIVEN, RUN, TITLES, outcomeOf, sharedOutcome, variablesFor } from './shared.mjs';

const every = /** @type {import('./machine.mjs').Kind[]} */ (Object.keys(TITLES));
const usual = every.filter((kind) => kind in GIVEN);
const detached = join(cacheFolder, 'detached');
const LOCKED = 'MATHLABEL_SERVERS_LOCKED';

const say = (ko, en) => process.stderr.write(`${ko}\n${en}\n`);

/** Starts what is not there yet, and tells what could not be started. @returns {Promise<[kind: string, address: string][]>} */
async function startAll(folder, kinds) {
  process.env[RUN] = folder;
  say('서버를 시작합니다. 처음에는 약 150 MB를 내려받습니다.', 'Starting the servers. The first time, about 150 MB are downloaded.');
  const outcomes = await Promise.all(kinds.map((kind) => sharedOutcome(kind)));
  return outcomes.flatMap((outcome, index) => {
    const kind = kinds[index];
    if ('address' in outcome) return [[kind, outcome.address]];
    process.exitCode = 1;
    if ('failed' in outcome) say(`${TITLES[kind]}: 시작하지 못했습니다`, `${TITLES[kind]}: not started: ${outcome.failed}`);
    else say(`${TITLES[kind]}: ${outcome.unavailable.ko}`, `${TITLES[kind]}: ${outcome.unavailable.en}`);
    return [];
  });
}

function variables(servers) {
  return servers.flatMap(([kind, address]) => Object.entries(variablesFor(kind, address)).map(([name, value]) => [kind, name, value]));
}

async function foreground(kinds) {
  const nest = openNest();
  const over = new Promise((resolve) => ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, resolve)));
  const alive = setInterval(() => {}, 60_000);
  const servers = await Promise.race([startAll(nest.folder, kinds), over.then(() => [])]);
  for (const [kind, name, value] of variables(servers)) process.stdout.write(`${TITLES[kind].padEnd(14)} ${name}=${value}\n`);
  if (servers.length > 0) {
    say('Ctrl-C를 누르면 끝납니다.', 'Ctrl-C ends them.');
    await over;
  }
  clearInterval(alive);
  await nest.close();
}

async function detach(kinds) {
  forgetDeadServers();
  mkdirSync(join(detached, 'pids'), { recursive: true });
  for (const [, name, value] of variables(await startAll(detached, kinds))) process.stdout.write(`export ${name}='${value}'\n`);
  say('서버가 계속 실행됩니다. 끝내기: npm run servers -- --stop', 'The servers keep running. To end them: npm run servers -- --stop');
}

/** After a restart of the machine, say, or when one could not be started the last time. */
function forgetDeadServers() {
  if (!existsSync(detached)) return;
  const alive = new Nest(detached).alive();
  for (const kind of every) {
    const outcome = outcomeOf(detached, kind);
    if (outcome && 'address' in outcome && alive.includes(outcome.pid)) continue;
    rmSync(join(detached, kind), { recursive: true, force: true });
    rmSync(join(detached, `${kind}.json`), { force: true });
  }
}

async function stop() {
  if (!existsSync(detached)) return say('계속 실행 중인 서버가 없습니다.', 'No servers were left running.');
  await guard(detached)();
  say('서버를 끝냈습니다.', 'The servers have ended.');
}

/** One of these commands at a time; the servers do not inherit the lock. */
async function alone() {
  mkdirSync(cacheFolder, { recursive: true });
  const command = ['--close', join(cacheFolder, 'detached.lock'), process.execPath, ...process.argv.slice(1)];
  const child = spawn('flock', command, { stdio: 'inherit', env: { ...process.env, [LOCKED]: '1' } });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

function refuse(word) {
  say(`알 수 없는 말: ${word} (--detach, --stop, ${every.join(', ')})`, `unknown: ${word} (--detach, --stop, ${every.join(', ')})`);
  process.exitCode = 2;
}

const words = process.argv.slice(2);
const unknown = words.find((word) => !['--detach', '--stop', ...every].includes(word));
const wanted = every.filter((kind) => words.includes(kind));
const chosen = wanted.length > 0 ? wanted : usual;
for (const name of Object.values(GIVEN)) delete process.env[name];

if (unknown !== undefined) refuse(unknown);
else if (!words.includes('--detach') && !words.includes('--stop')) await foreground(chosen);
else if (!process.env[LOCKED]) await alone();
else if (words.includes('--stop')) await stop();
else await detach(chosen);
