import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const project = join(import.meta.dirname, '../../..');
const program = join(project, 'apps/cli/bin/mathlabel.mjs');
export const SAMPLES = join(project, 'data/samples/problems.jsonl');
export const OPEN_SET = join(project, 'data/evaluation/dev-2022.jsonl');
export const MINUTES = 60_000;

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Has the running process to itself: to send it signals, or to close its standard input, which stays open then. */
  readonly during?: (child: ChildProcess, said: () => string) => Promise<void>;
}

/** A folder of its own in which the real program is run. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'mathlabel-e2e-'));

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  file(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** A data directory of its own, with the trained model in it. */
  async dataDir(): Promise<string> {
    const folder = join(this.folder, 'data');
    mkdirSync(folder, { recursive: true });
    cpSync(join(await trainedModel(), 'models'), join(folder, 'models'), { recursive: true });
    return folder;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  async run(args: readonly string[], { input, env, during }: RunOptions = {}): Promise<Run> {
    const models = env?.['DATA_DIR'] ?? (await trainedModel());
    const child = spawn(process.execPath, [program, ...args], { cwd: this.folder, env: { ...process.env, LANG: 'ko_KR.UTF-8', LC_ALL: '', LC_MESSAGES: '', ...env, DATA_DIR: models } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    child.stdin.on('error', () => {}); // A program that has ended reads no more.
    if (during === undefined) child.stdin.end(input);
    else {
      if (input !== undefined) child.stdin.write(input);
      await during(child, () => stderr).catch((error: unknown) => {
        child.kill('SIGKILL');
        throw error;
      });
    }
    return { code: await ended, stdout, stderr };
  }
}

/** Waits for a condition, and fails when it does not come. */
export async function until(condition: () => boolean, what: string, deadline = MINUTES): Promise<void> {
  const last = Date.now() + deadline;
  while (!condition()) {
    if (Date.now() > last) throw new Error(`waited in vain: ${what}`);
    await pause(10);
  }
}

/** One problem or result a line. */
export function lines(problems: readonly unknown[]): string {
  return problems.map((problem) => `${JSON.stringify(problem)}\n`).join('');
}

export interface Result {
  readonly id: string;
  readonly content: string;
  readonly code: string;
  readonly level: string;
  readonly category: Readonly<Record<string, string>>;
  readonly confidence: number;
  readonly decision: string;
  readonly context?: { readonly kind: string; readonly value: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export function results(text: string): Result[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Result);
}

/** `count` problems out of the open set, over and over. */
export function manyProblems(count: number): string {
  const texts = readFileSync(OPEN_SET, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { text: string }).text);
  return lines(Array.from({ length: count }, (_, i) => ({ id: String(i), content: texts[i % texts.length] })));
}

/**
 * A `DATA_DIR` with the model of this very code and data, apart from the user's own: trained by the first labelling of whoever
 * comes first, while the others wait, and kept for later runs.
 */
export async function trainedModel(): Promise<string> {
  const cache = join(project, 'node_modules/.cache/math-labeler');
  const folder = join(cache, fingerprint());
  const model = join(folder, 'models/local-model.bin');
  const lock = join(folder, 'training');
  mkdirSync(folder, { recursive: true });
  while (!existsSync(model)) {
    if (take(lock)) {
      try {
        for (const name of readdirSync(cache)) if (name !== basename(folder)) rmSync(join(cache, name), { recursive: true, force: true });
        const child = spawn(process.execPath, [program, 'label', SAMPLES], { env: { ...process.env, DATA_DIR: folder }, stdio: 'ignore' });
        await new Promise((resolve) => child.once('close', resolve));
        if (!existsSync(model)) throw new Error('labelling on a fresh machine did not train and save a model');
      } finally {
        rmSync(lock, { force: true });
      }
    } else await until(() => existsSync(model) || isStale(lock), 'another test to train the model', 5 * MINUTES);
  }
  return folder;
}

/** Two come at once: one gets the lock. A lock that a killed run left behind is broken. */
function take(lock: string): boolean {
  if (isStale(lock)) rmSync(lock, { force: true });
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch {
    return false;
  }
}

function isStale(lock: string): boolean {
  const found = statSync(lock, { throwIfNoEntry: false });
  return found === undefined || Date.now() - found.mtimeMs > 4 * MINUTES;
}

let known: string | undefined;

/** Of everything that a model depends on: sources and data. */
function fingerprint(): string {
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  const folders = ['libs/curriculum/src', 'libs/problem-text/src', 'libs/local-model/src', 'libs/confidence/src', 'libs/search/src', 'libs/labeler/src', 'data/curriculum', 'data/knowledge', 'data/evaluation'];
  for (const folder of folders) {
    const files = readdirSync(join(project, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'));
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) hash.update(path.slice(project.length)).update(readFileSync(path));
  }
  return (known = hash.digest('hex').slice(0, 16));
}
