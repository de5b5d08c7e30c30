import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { sharedLlama, sharedMongo } from './index.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const index = pathToFileURL(join(here, 'index.mjs')).href;
const run = promisify(execFile);
const where = (await sharedMongo()) === undefined ? describe.skip : describe;

/** The environment of somebody who belongs to no run. */
const { MATHLABEL_TEST_RUN: _run, MATHLABEL_TEST_COUNTS: _counts, CI: _ci, ...alone } = process.env;

async function until(holds: () => boolean | Promise<boolean>, withinMs = 20_000) {
  for (const deadline = Date.now() + withinMs; !(await holds()); ) {
    if (Date.now() > deadline) throw new Error('did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isTaken = (address: string) =>
  new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(true));
    server.listen(Number(/:(\d+)/.exec(address.replace('://', ''))![1]), '127.0.0.1', () => server.close(() => resolve(false)));
  });

/** Runs lines of a module that know the interface as `servers`; `env` instead of the usual environment. What they print is plain, whatever the run's is. */
function script(lines: string, env: NodeJS.ProcessEnv = alone) {
  return spawn(process.execPath, ['--input-type=module', '-e', `import * as servers from '${index}';\n${lines}`], { env: { ...env, FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function output(child: ReturnType<typeof script>) {
  let text = '';
  child.stdout!.on('data', (chunk) => (text += chunk));
  await once(child, 'close');
  return text.trim();
}

where('servers end with the process that asked for them', () => {
  it.each([
    ['that is killed', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['that is interrupted', (pid: number) => process.kill(pid, 'SIGINT')],
  ])('%s', async (_how, end) => {
    const child = script('console.log(await servers.sharedMongo(), (await servers.startMongo()).uri, process.env.TMPDIR); setInterval(() => {}, 1000);', { ...alone, TMPDIR: folder });
    const [chunk] = await once(child.stdout!, 'data');
    const [shared, own] = String(chunk).split(' ');
    expect([await isTaken(shared), await isTaken(own)]).toEqual([true, true]);
    expect(readdirSync(folder)).toHaveLength(1);
    end(child.pid!);
    await until(async () => !(await isTaken(shared)) && !(await isTaken(own)));
    await until(() => readdirSync(folder).length === 0);
  }, 60_000);

  it('that comes to its end by itself', async () => {
    const uri = await output(script('console.log(await servers.sharedMongo());', { ...alone, TMPDIR: folder }));
    expect(uri).toMatch(/^mongodb:/);
    await until(async () => !(await isTaken(uri)) && readdirSync(folder).length === 0);
  }, 60_000);
});

it('a process that does not notice the end of its folder ends too', async () => {
  const lines = `const { openNest } = await import('${new URL('nest.mjs', index)}'); const nest = openNest(); const file = nest.folder + '/log';
    console.log(nest.launch(['tail', '-F', file], { output: file }).pid); setInterval(() => {}, 1000);`;
  const child = script(lines, { ...alone, TMPDIR: folder });
  const pid = Number(String((await once(child.stdout!, 'data'))[0]));
  await until(() => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('tail'));
  child.kill('SIGKILL');
  await until(() => !existsSync(`/proc/${pid}`) && readdirSync(folder).length === 0);
}, 60_000);

describe('a machine without Java', () => {
  const bare = { ...alone, PATH: '/nowhere', JAVA_HOME: '', ES_JAVA_HOME: '' };
  afterEach(() => until(() => readdirSync(folder).length === 0));

  it('gives no Kafka and no Elasticsearch, once for the whole run, and the run says so in its last lines', async () => {
    const text = await output(
      script(
        `const given = [await servers.sharedKafka(), await servers.sharedElasticsearch()];
         process.env.MATHLABEL_TEST_RUN = (await import('${new URL('shared.mjs', index)}')).runNest().folder;
         const { default: ClosingLine } = await import('${new URL('../jest-closing-line.mjs', index)}');
         new ClosingLine().onRunComplete([], { numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 2, numTodoTests: 0 });
         console.log(JSON.stringify(given));`,
        { ...bare, TMPDIR: folder },
      ),
    );
    expect(text.split('\n')).toEqual([
      '[null,null]',
      expect.stringMatching(/^Elasticsearch did not run, its tests were skipped: no JDK 21 or newer/),
      expect.stringMatching(/^Elasticsearch.*건너뛰었습니다: JDK 21 이상이 없습니다/),
      expect.stringMatching(/^Kafka did not run, its tests were skipped: no Java 17 or newer/),
      expect.stringMatching(/^Kafka.*건너뛰었습니다: Java 17 이상이 없습니다/),
      '3 passed, 0 failed, 2 skipped',
    ]);
  }, 60_000);

  it('fails in CI, and always for a server of one\'s own', async () => {
    const message = (call: string, env: NodeJS.ProcessEnv) => output(script(`console.log(await servers.${call}.then(() => 'started', (error) => error.message));`, env));
    expect(await message('sharedKafka()', { ...bare, TMPDIR: folder, CI: 'true' })).toMatch(/^Kafka must run in CI: no Java 17/);
    expect(await message('startKafka()', { ...bare, TMPDIR: folder })).toMatch(/^no Java 17 or newer/);
  }, 60_000);
});

describe('a server that the environment names', () => {
  it('is the shared one', async () => {
    expect(await output(script('console.log(await servers.sharedKafka());', { ...alone, KAFKA_BROKERS: 'elsewhere:9092' }))).toBe('elsewhere:9092');
  });

  it('is known to the run and hidden from what the tests start', async () => {
    const lines = `const { default: begin } = await import('${new URL('jest-begin.mjs', index)}'); begin();
      console.log(process.env.KAFKA_BROKERS, process.env.MONGODB_URI_FILE, await servers.sharedKafka(), await servers.sharedMongo());`;
    const file = join(folder, 'uri');
    writeFileSync(file, 'mongodb://elsewhere\n');
    expect(await output(script(lines, { ...alone, KAFKA_BROKERS: 'elsewhere:9092', MONGODB_URI_FILE: file }))).toBe('undefined undefined elsewhere:9092 mongodb://elsewhere');
  });
});

it('what leads to a language model that is paid for is hidden from the tests and from what they start', async () => {
  const lines = `const { default: begin } = await import('${new URL('jest-begin.mjs', index)}'); begin();
    console.log(process.env.OPENAI_API_KEY, process.env.OPENAI_BASE_URL, process.env.OPENAI_API_KEY_FILE);`;
  const env = { ...alone, TMPDIR: folder, OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'https://elsewhere/v1', OPENAI_API_KEY_FILE: join(folder, 'key') };
  expect(await output(script(lines, env))).toBe('undefined undefined undefined');
});

(await sharedLlama() === undefined ? it.skip : it)('npm run servers leaves a language model running when it is named, and says what our programs need to find it', async () => {
  borrowDownloads(folder);
  const cli = (...words: string[]) => run(process.execPath, [join(here, 'cli.mjs'), ...words], { env: { ...alone, XDG_CACHE_HOME: folder } });
  const { stdout } = await cli('--detach', 'llama');
  const [, url] = /^export OPENAI_BASE_URL='(http:\/\/127\.0\.0\.1:\d+\/v1)'\nexport OPENAI_MODEL='smollm2-135m'\n$/.exec(stdout)!;
  expect(await isTaken(url)).toBe(true);
  await cli('--stop');
  await until(async () => !(await isTaken(url)));
}, 120_000);

where('npm run servers', () => {
  const cli = (...words: string[]) => run(process.execPath, [join(here, 'cli.mjs'), ...words], { env: { ...alone, XDG_CACHE_HOME: folder } });

  it('--detach leaves servers running and says the same addresses again; --stop ends them', async () => {
    borrowDownloads(folder);
    const first = await cli('--detach', 'mongodb');
    const [, uri] = /^export MONGODB_URI='(mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=rs0)'\n$/.exec(first.stdout)!;
    expect((await cli('--detach', 'mongodb')).stdout).toBe(first.stdout);
    expect(await isTaken(uri)).toBe(true);
    await cli('--stop');
    await until(async () => !(await isTaken(uri)));
    expect((await cli('--stop')).stderr).toContain('No servers were left running.');
  }, 60_000);

  it('ends its servers when it is interrupted', async () => {
    borrowDownloads(folder);
    const child = spawn(process.execPath, [join(here, 'cli.mjs'), 'mongodb'], { env: { ...alone, XDG_CACHE_HOME: folder }, stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(child.stdout, 'data');
    const [, uri] = /^MongoDB +MONGODB_URI=(.*)\n$/.exec(String(line))!;
    expect(await isTaken(uri)).toBe(true);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await until(async () => !(await isTaken(uri)));
  }, 60_000);

  it('refuses a word that it does not know', async () => {
    await expect(cli('--detatch')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('unknown: --detatch') });
  });
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mathlabel-lifetime-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A cache of its own that does not download again. */
function borrowDownloads(cache: string) {
  const usual = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'math-labeler', 'test-servers');
  const mine = join(cache, 'math-labeler', 'test-servers');
  mkdirSync(mine, { recursive: true });
  for (const name of existsSync(usual) ? readdirSync(usual).filter((entry) => /^(kafka|elasticsearch|mongodb|llama)-\w+$/.test(entry)) : []) symlinkSync(join(usual, name), join(mine, name));
}
