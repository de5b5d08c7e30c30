import { setTimeout as pause } from 'node:timers/promises';
import { InputError } from '@math-labeler/curriculum';
import { type Clock } from '@math-labeler/messaging';
import { type Logger } from './logging.js';
import { type Metrics } from './metrics.js';

export const PART_NAMES = ['kafka', 'mongodb', 'elasticsearch'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** A server beside this process. */
export interface Part {
  readonly name: PartName;
  /** Rejects with the reason when it does not answer; with InputError when it never will as it is. */
  readonly ping: () => Promise<void>;
}

export interface PartHealth {
  readonly status: 'unknown' | 'up' | 'down';
  /** ISO 8601. */
  readonly since: string;
  readonly reason?: string;
}

const EVERY_MS = 2000;
/** A server that hangs counts as one that is down. */
const PATIENCE_MS = 5000;

/** The servers that a process depends upon, and whether they answer. It asks them every two seconds, and says what changes. */
export class Parts {
  private readonly states = new Map<PartName, PartHealth>();
  private readonly stopping = new AbortController();
  private readonly waiting = new Set<() => void>();
  private refusal?: InputError;
  private asking?: Promise<unknown>;

  constructor(
    private readonly parts: readonly Part[],
    private readonly world: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Pick<Metrics, 'partUp'>; readonly everyMs?: number },
  ) {
    for (const { name } of parts) this.states.set(name, { status: 'unknown', since: this.now() });
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  get areUp(): boolean {
    return [...this.states.values()].every(({ status }) => status === 'up');
  }

  get health(): Readonly<Partial<Record<PartName, PartHealth>>> {
    return Object.fromEntries(this.states);
  }

  /** Resolves once all answer, or the signal aborts; rejects with InputError when one says that it never will. */
  async allUp(signal: AbortSignal): Promise<void> {
    this.asking ??= Promise.all(this.parts.map((part) => this.keepAsking(part)));
    while (!this.areUp && !signal.aborted) {
      if (this.refusal !== undefined) throw this.refusal;
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.asking;
  }

  private async keepAsking(part: Part): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.tell(part.name, await this.ask(part, signal));
      await pause(this.world.everyMs ?? EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** What is wrong with it. */
  private async ask({ ping }: Part, signal: AbortSignal): Promise<unknown> {
    const patience = new AbortController();
    const late = pause(PATIENCE_MS, new Error(`no answer within ${PATIENCE_MS / 1000} s`), { signal: AbortSignal.any([signal, patience.signal]) }).catch(() => undefined);
    try {
      return await Promise.race([ping().then(() => undefined, (error: unknown) => error), late]);
    } finally {
      patience.abort();
    }
  }

  private tell(name: PartName, error: unknown): void {
    if (this.stopping.signal.aborted) return;
    if (error instanceof InputError) this.refusal = error;
    const { status, reason, since } = this.states.get(name)!;
    const now: PartHealth = error === undefined ? { status: 'up', since } : { status: 'down', since, reason: (error as Error).message };
    if (now.status !== status || now.reason !== reason) {
      this.states.set(name, now.status === status ? now : { ...now, since: this.now() });
      this.log(name, now, status);
    }
    this.world.metrics.partUp.set({ part: name }, error === undefined ? 1 : 0);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private log(part: PartName, { status, reason }: PartHealth, before: PartHealth['status']): void {
    const { logger } = this.world;
    if (status === 'down') logger.error({ part, reason }, 'a server does not answer; work goes on when it does');
    else if (before === 'down') logger.warn({ part }, 'the server answers again');
    else logger.info({ part }, 'the server answers');
  }

  private now(): string {
    return new Date(this.world.clock()).toISOString();
  }
}
