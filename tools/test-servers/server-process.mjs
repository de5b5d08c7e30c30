import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const READY_WITHIN_MS = 120_000;
const STOPPED_WITHIN_MS = 20_000;

/** One server on one port with one data folder; it can be ended in several ways and comes back as it was. */
export class ServerProcess {
  #child;
  #ended;
  #plan;

  /**
   * @typedef {object} Plan
   * @property {import('./nest.mjs').Nest} nest
   * @property {string} name what people call the server, and the name of its log
   * @property {string} folder its own, inside the nest
   * @property {string[]} command
   * @property {string} [cwd]
   * @property {NodeJS.ProcessEnv} [env]
   * @property {() => Promise<boolean>} isReady asked again and again until it is true
   * @param {Plan} plan
   */
  constructor(plan) {
    this.#plan = plan;
  }

  /** The id of the running process. */
  get pid() {
    return /** @type {number} */ (this.#child?.pid);
  }

  /** Everything it has said since its first start. */
  log() {
    const file = this.#logFile();
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Starts it, the first time or again, and waits until it serves; an error carries the end of its log. */
  async start() {
    const { nest, command, cwd, env } = this.#plan;
    const child = nest.launch(command, { cwd, env, output: this.#logFile() });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
    await this.#becomeReady(child);
    return this;
  }

  /** Asks it to end, and insists after 20 s. */
  async stop() {
    this.thaw();
    this.#signal('SIGTERM');
    const insist = setTimeout(() => this.#signal('SIGKILL'), STOPPED_WITHIN_MS);
    await this.#end();
    clearTimeout(insist);
  }

  /** Ends it on the spot. */
  async kill() {
    this.#signal('SIGKILL');
    await this.#end();
  }

  /** It keeps its connections and answers no more, until `thaw()`. */
  freeze() {
    this.#signal('SIGSTOP');
  }

  thaw() {
    this.#signal('SIGCONT');
  }

  /** Waits, and keeps this process alive for it. */
  async #end() {
    this.#child?.ref();
    await this.#ended;
  }

  #signal(name) {
    if (this.#child && this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(name);
  }

  #logFile() {
    return join(this.#plan.folder, 'server.log');
  }

  async #becomeReady(child) {
    const deadline = Date.now() + READY_WITHIN_MS;
    let ended;
    void this.#ended.then((how) => (ended = how));
    while (!(await this.#plan.isReady())) {
      if (ended === undefined && Date.now() > deadline) {
        await this.kill();
        ended = `not ready after ${READY_WITHIN_MS / 1000} s`;
      }
      if (ended !== undefined) throw new Error(`${this.#plan.name} does not start: ${ended}\n${this.log().slice(-4000)}`);
      await wait(25);
    }
    // Somebody else may answer at the port of a server that could not have it.
    if (ended !== undefined || child.exitCode !== null) throw new Error(`${this.#plan.name} does not start: ${ended}\n${this.log().slice(-4000)}`);
  }
}
