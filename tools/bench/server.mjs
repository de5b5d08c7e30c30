// The server of `npm start` in a process of its own, and a client that goes by what it answers.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** As `npm start` runs it. */
const START = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.start.split(' ').slice(1);
const IN_FLIGHT = 4;
const BATCH = 500;

export class Server {
  /**
   * Starts it and waits until it is ready.
   * @param {{ models?: string, folder?: string, env?: Record<string, string>, program?: string[] }} options
   * `models`: folder of a saved model, without which it trains first; `folder`: the `DATA_DIR`, otherwise a new one
   */
  static async start({ models, folder = mkdtempSync(join(tmpdir(), 'mathlabel-bench-server-')), env = {}, program = START } = {}) {
    if (models !== undefined) cpSync(models, join(folder, 'models'), { recursive: true });
    const server = new Server();
    server.folder = folder;
    server.url = `http://127.0.0.1:${await freePort()}`;
    const started = performance.now();
    const { BENCH_CPU_PROF } = process.env;
    const profiling = BENCH_CPU_PROF ? ['--cpu-prof', `--cpu-prof-dir=${BENCH_CPU_PROF}`] : [];
    server.child = spawn(process.execPath, [...profiling, '--import', join(root, 'tools/report-memory.mjs'), ...program], {
      cwd: root,
      env: { ...process.env, LOG_LEVEL: 'error', ...env, HOST: '127.0.0.1', PORT: new URL(server.url).port, DATA_DIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server.said = '';
    server.child.stderr.on('data', (piece) => (server.said = (server.said + piece).slice(-20_000)));
    server.ended = new Promise((resolve) => server.child.once('close', resolve));
    let code;
    void server.ended.then((given) => (code = given));
    while ((await fetch(`${server.url}/health/ready`).catch(() => undefined))?.status !== 200) {
      if (code !== undefined) throw new Error(`the server ended with ${code}\n${server.said}`);
      await pause(20);
    }
    server.readySeconds = (performance.now() - started) / 1000;
    await server.watch();
    return server;
  }

  /** Posts them in batches, several in flight, and waits until the last label is on the result topic; gives the seconds. */
  async label(problems, { onAcknowledged = async () => {} } = {}) {
    const target = (await this.labels()) + problems.length;
    const started = performance.now();
    let next = 0;
    const send = async () => {
      while (next < problems.length) {
        const batch = problems.slice(next, (next += BATCH));
        await this.deliver(batch);
        await onAcknowledged(next);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, send));
    while ((await this.labels()) < target) await pause(50);
    return (performance.now() - started) / 1000;
  }

  /** One request that waits for its label; gives the ms. */
  async labelOne(problem) {
    for (;;) {
      const started = performance.now();
      const answer = await this.post('/api/problems?wait=30', 'application/json', JSON.stringify(problem));
      const text = await answer.text();
      if (answer.status === 200) return performance.now() - started;
      await this.waitAsTold(answer, text);
    }
  }

  async labelOneByOne(problems) {
    const times = [];
    for (const problem of problems) times.push(await this.labelOne(problem));
    return times;
  }

  async deliver(batch) {
    const body = batch.map((problem) => JSON.stringify(problem)).join('\n');
    for (;;) {
      const answer = await this.post('/api/problems', 'application/x-ndjson', body);
      const text = await answer.text();
      if (answer.ok) return;
      await this.waitAsTold(answer, text);
    }
  }

  /** Records that the result topic has got so far. */
  async labels() {
    return (await this.broker.lag()).filter(({ group, topic }) => group === 'feedback' && topic === 'problem.labeled.v1').reduce((sum, { end }) => sum + end, 0);
  }

  /** Resident memory in MB; undefined where the operating system does not say. */
  residentMb() {
    try {
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024);
    } catch {
      return undefined;
    }
  }

  /** Seconds of processor time, of all its threads, so far; undefined where the operating system does not say. */
  cpuSeconds() {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100; // In ticks of 1/100 s.
    } catch {
      return undefined;
    }
  }

  /** Ends it as an operator does; gives the most memory that it ever had, in MB. */
  async stop({ keep = false } = {}) {
    await this.broker.close();
    this.database.close();
    this.child.kill('SIGTERM');
    const code = await this.ended;
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code}\n${this.said}`);
    return Math.round(Number(/max-rss-kb=(\d+)/.exec(this.said)?.[1] ?? 0) / 1024);
  }

  async watch() {
    const { openDatabase } = await import('../../libs/storage/dist/index.js');
    const { EmbeddedBroker } = await import('../../libs/messaging/dist/index.js');
    this.database = openDatabase(join(this.folder, 'math-labeler.sqlite'));
    this.broker = new EmbeddedBroker(this.database, { pollMs: 1000 });
  }

  post(path, type, body) {
    return fetch(`${this.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  }

  async waitAsTold(answer, text) {
    if (answer.status !== 429 && answer.status !== 503) throw new Error(`${answer.status} ${text}`);
    await pause(1000 * Number(answer.headers.get('retry-after') ?? 1));
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
