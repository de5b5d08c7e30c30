import { setTimeout as pause } from 'node:timers/promises';
import { type Logger } from '@math-labeler/service-kit';
import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Admission } from './admission.js';
import { type ProblemViewStore } from './stores/problem-view.store.js';
import { type WaitingRequests } from './waiting-requests.js';

/** ms between two looks. */
const EVERY_MS = 25;
/** A problem is looked for less and less often: after so many ms, then after half as long again each time, at last this often. */
const FIRST_MS = 25;
const SLOWER = 1.5;
const LAST_MS = 1000;
/** Problems at a time. */
const MOST = 1000;
/** ms between two looks for what nobody waits for. */
const UNSEEN_EVERY_MS = 1000;

/**
 * Where several gateways share the read model: each hears a part of the events, so that what another one has written is looked for, as long as somebody
 * waits for it here.
 */
export class OthersProgress implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private looking?: Promise<void>;
  /** When each problem that somebody waits for is looked for next, and how long after the time before. */
  private turns = new Map<string, { readonly due: number; readonly after: number }>();
  private lookedForUnseen = 0;

  constructor(
    private readonly store: ProblemViewStore,
    private readonly waiting: WaitingRequests,
    private readonly admission: Admission,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.looking = this.keepLooking();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look(this.wanted()).catch((error: unknown) => this.logger.warn({ err: error }, 'the read model could not be looked into'));
      await pause(EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  private wanted(): string[] {
    const now = performance.now();
    const ids = this.takeTurns(now);
    if (ids.length === MOST || now - this.lookedForUnseen < UNSEEN_EVERY_MS) return ids;
    this.lookedForUnseen = now;
    return [...new Set([...ids, ...first(this.admission.unseenIds, MOST - ids.length)])];
  }

  /** Those whose turn it is. Whoever is waited for no longer is forgotten. */
  private takeTurns(now: number): string[] {
    const ids: string[] = [];
    const turns: typeof this.turns = new Map();
    for (const id of this.waiting.ids) {
      const turn = this.turns.get(id) ?? { due: now + FIRST_MS, after: FIRST_MS };
      const isDue = turn.due <= now && ids.length < MOST;
      const after = isDue ? Math.min(LAST_MS, turn.after * SLOWER) : turn.after;
      turns.set(id, isDue ? { due: now + after, after } : turn);
      if (isDue) ids.push(id);
    }
    this.turns = turns;
    return ids;
  }

  private async look(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const known of await this.store.known(ids)) {
      if (known === undefined) continue;
      this.admission.forget(known.id);
      this.waiting.tell(known.id, { isFinished: known.status !== 'pending', revision: known.revision });
    }
  }
}

function* first<Value>(values: Iterable<Value>, most: number): Generator<Value> {
  let left = most;
  for (const value of values) {
    if (left-- <= 0) return;
    yield value;
  }
}
