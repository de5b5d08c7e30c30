import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Headers, type Label } from '@math-labeler/contracts';
import { EmbeddedBroker, type LogRecord, type NewRecord } from '@math-labeler/messaging';
import { openDatabase } from '@math-labeler/storage';
import { trainedModel } from '../../cli/src/mathlabel.fixture.js';

const project = join(import.meta.dirname, '../../..');
/** As `npm start` runs it. */
const START = (JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start.split(' ').slice(1);
export const RESULTS = 'problem.labeled.v1';
export const SECONDS = 1000;

/** How a server process has ended. */
export interface End {
  readonly code: number | null;
  readonly seconds: number;
}

/** A folder with a trained model, to be the `DATA_DIR` of one test. */
export async function dataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'math-labeler-server-'));
  cpSync(join(await trainedModel(), 'models'), join(folder, 'models'), { recursive: true });
  return folder;
}

/** The real program in a process of its own. It keeps its address when it is started again. */
export class Server {
  stdout = '';
  stderr = '';
  private child?: ChildProcess;
  private ended: Promise<number | null> = Promise.resolve(null);

  private constructor(
    readonly folder: string,
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Starts it and waits until it is ready. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<Server> {
    const port = await freePort();
    const server = new Server(await dataFolder(), `http://127.0.0.1:${port}`, { LOG_LEVEL: 'warn', ...env, HOST: '127.0.0.1', PORT: String(port) });
    await server.start();
    return server;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  async start(): Promise<void> {
    this.spawn();
    let isOver = false;
    void this.ended.then(() => (isOver = true));
    await until(async () => {
      if (isOver) throw new Error(`the server ended before it was ready:\n${this.stdout}${this.stderr}`);
      return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status === 200;
    }, `a server that is ready; it said:\n${this.stderr}`);
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<End> {
    const sent = performance.now();
    this.child?.kill(signal);
    const code = await this.ended;
    return { code, seconds: (performance.now() - sent) / 1000 };
  }

  /** As a power loss for the process: nothing is finished, nothing is closed. */
  async crashAndRestart(): Promise<void> {
    await this.end('SIGKILL');
    await this.start();
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Every record of a topic, as any other process may read it. */
  records(topic: string): Promise<LogRecord[]> {
    return this.withBroker(async (broker) => {
      const records: LogRecord[] = [];
      for await (const record of broker.read(topic, { untilIdle: 0 })) records.push(record);
      return records;
    });
  }

  /** How many records a topic has got so far. */
  count(topic: string): Promise<number> {
    return this.withBroker(async (broker) => (await broker.lag()).filter((lag) => lag.topic === topic && lag.group === 'gateway').reduce((sum, { end }) => sum + end, 0));
  }

  publish(records: readonly NewRecord[]): Promise<void> {
    return this.withBroker((broker) => broker.publish(records));
  }

  /** Resident memory in MB, by the operating system. */
  get residentMb(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1]) / 1024;
  }

  /** Opened anew each time: a reader that stays would keep the log's index alive over a crash of the server. */
  private async withBroker<Result>(use: (broker: EmbeddedBroker) => Promise<Result>): Promise<Result> {
    const database = openDatabase(join(this.folder, 'math-labeler.sqlite'));
    const broker = new EmbeddedBroker(database);
    try {
      return await use(broker);
    } finally {
      await broker.close();
      database.close();
    }
  }

  private spawn(): void {
    const child = spawn(process.execPath, START, { cwd: project, env: { ...process.env, ...this.env, DATA_DIR: this.folder }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (this.stdout += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (this.stderr += piece));
    this.child = child;
    this.ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  }
}

/** The labels of a reader of the result topic that goes by event id; throws when one id came with two contents. */
export function labelsByEventId(records: readonly LogRecord[]): Map<string, Label> {
  const texts = new Map<string, string>();
  for (const { headers, value } of records) {
    const [id, text] = [headers['ce_id'], Buffer.from(value).toString('utf8')];
    if ((texts.get(id) ?? text) !== text) throw new Error(`event ${id} came with two contents:\n${texts.get(id)}\n${text}`);
    texts.set(id, text);
  }
  return new Map([...texts].map(([id, text]) => [id, JSON.parse(text) as Label]));
}

/** A record as an outside producer writes it. */
export function record(topic: string, key: string, value: unknown, headers: Headers = {}): NewRecord {
  return { topic, key, headers, value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) };
}

/** Waits for a condition, and fails when it does not come. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, deadline = 60 * SECONDS): Promise<void> {
  const last = Date.now() + deadline;
  while (!(await condition())) {
    if (Date.now() > last) throw new Error(`waited in vain: ${what}`);
    await pause(100); // The API counts requests.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
