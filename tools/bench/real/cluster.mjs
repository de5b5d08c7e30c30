// All services in processes of their own, on real servers, and what they cost.
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { batchesOf } from '../problems.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SERVICES = ['ingestion', 'retrieval', 'labeling', 'confidence-agent', 'feedback', 'gateway'];
const BATCH = 500;
const IN_FLIGHT = 4;
const WAIT_S = 60;

export class Cluster {
  /** @param {{ models: string, env: Record<string, string> }} options `env`: of the servers; topics, database and index are this cluster's own */
  static async start({ models, env }) {
    const cluster = new Cluster();
    cluster.folder = mkdtempSync(join(tmpdir(), 'mathlabel-bench-cluster-'));
    cpSync(models, join(cluster.folder, 'models'), { recursive: true });
    const name = `bench-${randomUUID().slice(0, 8)}`;
    cluster.env = { ...process.env, ...env, DATA_DIR: cluster.folder, LOG_LEVEL: 'error', KAFKA_PREFIX: `${name}.`, ELASTICSEARCH_ALIAS: name, MONGODB_URI: env.MONGODB_URI.replace(/\/(\?|$)/, `/${name}$1`) };
    for (const step of [['topics', 'apply'], ['db', 'migrate'], ['index', 'build', '--swap']]) await cluster.command(step);
    cluster.processes = await Promise.all(SERVICES.map((service) => cluster.startService(service)));
    return cluster;
  }

  get url() {
    return this.processes.find(({ service }) => service === 'gateway').url;
  }

  /** Posts them in batches, several in flight, each waiting for its labels; gives the seconds. */
  async label(problems) {
    const started = performance.now();
    const batches = batchesOf(problems, BATCH);
    await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
      for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) await this.post(batch);
    }));
    return (performance.now() - started) / 1000;
  }

  /** One after the other; gives the ms of each. */
  async labelOneByOne(problems) {
    const times = [];
    for (const problem of problems) {
      const started = performance.now();
      await this.post(problem);
      times.push(performance.now() - started);
    }
    return times;
  }

  /** CPU seconds that each process has used. */
  cpuSeconds() {
    return Object.fromEntries(this.processes.map(({ service, child }) => [service, cpuSecondsOf(child.pid)]));
  }

  /** MB of the largest process. */
  residentMb() {
    return Math.max(...this.processes.map(({ child }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024));
  }

  /** Bytes of its database on the disk, indexes too. */
  async storedBytes() {
    const connection = await mongoose.createConnection(this.env.MONGODB_URI).asPromise();
    try {
      await connection.db.admin().command({ fsync: 1 });
      const { storageSize, indexSize } = await connection.db.stats();
      return storageSize + indexSize;
    } finally {
      await connection.close();
    }
  }

  async stop() {
    await Promise.all(this.processes.map(({ child, ended }) => (child.kill('SIGTERM'), ended)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  async post(body) {
    for (;;) {
      const answer = await fetch(`${this.url}/api/problems?wait=${WAIT_S}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      if (answer.status === 200) return answer.arrayBuffer();
      const text = await answer.text();
      if (answer.status !== 429) throw new Error(`${answer.status} ${text.slice(0, 500)}`);
      await pause(1000 * Number(answer.headers.get('retry-after') ?? 1));
    }
  }

  async startService(service) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, [join(root, `apps/${service}/dist/main.js`)], { env: { ...this.env, HOST: '127.0.0.1', PORT: String(port) }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (piece) => (said = (said + piece).slice(-5000)));
    let code;
    const ended = new Promise((resolve) => child.once('close', resolve));
    void ended.then((given) => (code = given));
    while ((await fetch(`${url}/health/ready`).catch(() => undefined))?.status !== 200) {
      if (code !== undefined) throw new Error(`${service} ended with ${code}\n${said}`);
      await pause(50);
    }
    return { service, child, url, ended };
  }

  command(args) {
    const child = spawn(process.execPath, [join(root, 'apps/cli/bin/mathlabel.mjs'), ...args], { env: this.env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (piece) => (said += piece));
    return new Promise((resolve, reject) => child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`mathlabel ${args.join(' ')} ended with ${code}: ${said}`)))));
  }
}

/** User and system time, from /proc: Linux counts in hundredths of a second. */
export function cpuSecondsOf(pid) {
  const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ').map(Number);
  return (user + system) / 100;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
