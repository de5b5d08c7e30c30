// A nest is a temporary folder with the processes that live in it. It ends as a whole with the process that opened it.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTER_AND_BECOME = ': > "$0/pids/$$" && exec "$@"';

/** The processes of an existing folder with a folder `pids` in it, whoever watches over it. It is never made anew: a nest that is over stays so. */
export class Nest {
  /** @param {string} folder absolute */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Starts a process of its own session, which is ended with the nest; `command` must name the nest's folder, by which it is known again.
   * @param {string[]} command
   * @param {{ cwd?: string, output: string, env?: NodeJS.ProcessEnv }} options `output` is the file that both streams are appended to.
   * @returns {import('node:child_process').ChildProcess} it does not keep this process alive
   */
  launch(command, { cwd, output, env = process.env }) {
    const file = openSync(output, 'a');
    const child = spawn('/bin/sh', ['-c', ENTER_AND_BECOME, this.folder, ...command], { cwd, env, detached: true, stdio: ['ignore', file, file] });
    closeSync(file);
    child.once('exit', () => rmSync(join(this.folder, 'pids', String(child.pid)), { force: true }));
    child.unref();
    return child;
  }

  /** Those of its processes that live, by id. */
  alive() {
    return readdirSync(join(this.folder, 'pids'))
      .map(Number)
      .filter((pid) => commandLine(pid).includes(this.folder));
  }
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * A new nest that ends with this process, also when that is killed; `close()` ends it earlier.
 * @returns {Nest & { close(): Promise<void> }}
 */
export function openNest() {
  const folder = mkdtempSync(join(tmpdir(), 'mathlabel-servers-'));
  mkdirSync(join(folder, 'pids'));
  return Object.assign(new Nest(folder), { close: guard(folder) });
}

/** @returns {() => Promise<void>} ends everything in the folder and removes it */
export function guard(folder) {
  const watch = spawn('/bin/sh', [join(import.meta.dirname, 'guard.sh'), folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watch.unref();
  /** @type {import('node:net').Socket} */ (watch.stdin).unref();
  const over = new Promise((resolve) => watch.once('exit', resolve));
  return async () => {
    if (!existsSync(folder)) return;
    watch.ref();
    watch.stdin.end();
    await over;
  };
}
