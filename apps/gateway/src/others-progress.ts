import { setTimeout as pause } from 'node:timers/promises';
import { type Logger } from '@math-labeler/service-kit';
import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Admission } from './admission.js';
import { type ProblemViewStore } from './stores/problem-view.store.js';
import { type WaitingRequests } from './waiting-requests.js';

/** ms between two looks, and for each problem looked for: few who wait are told at once, many are no burden. */
const EVERY_MS = 25;
const EACH_MS = 0.2;
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
      const ids = this.wanted();
      await this.look(ids).catch((error: unknown) => this.logger.warn({ err: error }, 'the read model could not be looked into'));
      await pause(EVERY_MS + EACH_MS * ids.length, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  private wanted(): string[] {
    const ids = [...first(this.waiting.ids, MOST)];
    const now = performance.now();
    if (ids.length === MOST || now - this.lookedForUnseen < UNSEEN_EVERY_MS) return ids;
    this.lookedForUnseen = now;
    return [...new Set([...ids, ...first(this.admission.unseenIds, MOST - ids.length)])];
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
