import { type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type End, SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { freePorts } from '../test-servers/ports.mjs';
import { runNest } from '../test-servers/shared.mjs';

const project = join(import.meta.dirname, '../..');
const START_WITHIN = 90 * SECONDS;

export type Environment = Readonly<Record<string, string>>;

/** What `/health/ready` answered. */
export interface Readiness {
  readonly status: number;
  readonly report: { readonly status: string; readonly parts: Readonly<Record<string, { readonly status: string; readonly reason?: string }>> };
}

/** One process of the product on a port of its own, which it keeps when it is started again. It ends with the test run, in whatever way that ends. */
export class Program {
  readonly url: string;
  private child?: ChildProcess;
  private ended: Promise<number | null> = Promise.resolve(null);
  private readonly file: string;

  private constructor(
    readonly name: string,
    port: number,
    private readonly command: readonly string[],
    private readonly env: Environment,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.file = join(runNest().folder, `${name}-${randomUUID()}.log`);
  }

  /** One service in a process of its own, not started yet. */
  static service(name: string, env: Environment): Promise<Program> {
    return Program.of(name, [join(project, `apps/${name}/dist/main.js`)], env);
  }

  /** Everything in one process, as `npm start` runs it; not started yet. */
  static standalone(env: Environment): Promise<Program> {
    return Program.of('standalone', ['--max-old-space-size=1024', join(project, 'apps/standalone/bin/start.mjs')], env);
  }

  /** The command line: one command, run to its end. */
  static async command(args: readonly string[], env: Environment): Promise<{ readonly code: number | null; readonly said: string }> {
    const program = await Program.of('mathlabel', [join(project, 'apps/cli/bin/mathlabel.mjs'), ...args], env);
    program.begin();
    return { code: await program.over(), said: program.said };
  }

  private static async of(name: string, command: readonly string[], env: Environment): Promise<Program> {
    const [port] = await freePorts(1);
    const folder = join(runNest().folder, `data-${port}`);
    return new Program(name, port, command, { LOG_LEVEL: 'warn', DATA_DIR: folder, ...env, HOST: '127.0.0.1', PORT: String(port) });
  }

  get pid(): number {
    return this.child!.pid!;
  }

  /** Everything that it has said since it was first started. */
  get said(): string {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
  }

  begin(): void {
    const { folder } = runNest();
    // The folder is named at the end of the command: what lives there is ended with it.
    const named = this.name === 'mathlabel' ? this.command : [...this.command, folder];
    const child = runNest().launch([process.execPath, ...named], { output: this.file, env: { ...process.env, ...this.env } });
    child.ref();
    this.child = child;
    this.ended = new Promise((resolve) => child.once('error', () => resolve(null)).once('exit', resolve));
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    this.begin();
    await this.ready();
  }

  /** Waits until it is ready; fails as soon as it has ended. */
  async ready(within = START_WITHIN): Promise<void> {
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    await until(async () => {
      if (hasEnded) throw new Error(`${this.name} ended before it was ready:\n${this.said.slice(-3000)}`);
      return (await this.readiness())?.status === 200;
    }, `${this.name} to be ready`, within).catch(async (error: Error) => {
      throw new Error(`${error.message}; ${JSON.stringify(await this.readiness())}\n${this.said.slice(-3000)}`);
    });
  }

  /** Undefined while nobody answers. */
  async readiness(): Promise<Readiness | undefined> {
    const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5 * SECONDS) }).catch(() => undefined);
    const report = (await answer?.json().catch(() => undefined)) as Readiness['report'] | undefined;
    return answer === undefined || report === undefined ? undefined : { status: answer.status, report };
  }

  /** The exit code, once it has ended. */
  over(): Promise<number | null> {
    return this.ended;
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<End> {
    const sent = performance.now();
    if (this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    const code = await this.ended;
    return { code, seconds: (performance.now() - sent) / 1000 };
  }

  async restart(): Promise<End> {
    const end = await this.end('SIGTERM');
    await this.start();
    return end;
  }

  /** Events that this process has finished as one of a service. */
  async finished(service: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('mathlabeler_events_total{') && line.includes(`service="${service}"`));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}
