import { deadLetterNameOf, EVENTS, ProblemSubmitted } from '@math-labeler/contracts';
import { type DeadLetterBox, readDeadLetter } from '@math-labeler/messaging';
import { type Platform } from '@math-labeler/service-kit';
import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Admission } from './admission.js';
import { type ProblemProgress } from './problem-progress.js';
import { type ProblemViewStore } from './stores/problem-view.store.js';

const EVERY_MS = 2000;
/** Side by side: they share a commit. */
const WRITES = 200;
/** Where letters about problems lie; an answer that could not be read is no problem's failure. */
const LETTER_TOPICS = EVENTS.map(({ topic }) => deadLetterNameOf(topic.name)).filter((name) => !name.startsWith('feedback.'));

/** Looks into the log, now and then, for what no event tells: which problems ended as dead letters, and how far reading is behind. */
export class LogWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly platform: Pick<Platform, 'broker' | 'logger' | 'isShared'>,
    private readonly box: DeadLetterBox,
    private readonly store: ProblemViewStore,
    private readonly progress: ProblemProgress,
    private readonly admission: Admission,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.admission.changed(await this.store.countPending());
    await this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.last;
  }

  /** Puts dead letters back on their topics; their problems are pending again. Gives how many letters. */
  redrive({ topic }: { readonly topic?: string }): Promise<number> {
    return this.inTurn(async () => {
      // Letters that are put back must not be found afterwards, as if they had come back.
      await this.readDeadLetters();
      const count = await this.box.redrive({ topic });
      this.admission.changed(await this.store.revived(topic));
      return count;
    });
  }

  private look(): Promise<void> {
    return this.inTurn(async () => {
      await this.readDeadLetters();
      // Other gateways finish problems too, of which this one hears nothing.
      if (this.platform.isShared) this.admission.recounted(await this.store.countPending());
      const lag = (await this.platform.broker.lag()).filter(({ group, topic }) => group === 'gateway' && topic === ProblemSubmitted.topic.name);
      this.admission.lagging(lag.reduce((sum, { committed, end }) => sum + end - committed, 0));
    }).catch((error: unknown) => this.platform.logger.warn({ err: error }, 'the log could not be looked into'));
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }

  private async readDeadLetters(): Promise<void> {
    const read = await this.store.deadLetterPositions();
    const moved = new Map<string, number>();
    const writes: Promise<void>[] = [];
    for (const name of LETTER_TOPICS) {
      const extents = await this.platform.broker.extent(name);
      const from = extents.map(({ topic, partition, first }) => ({ topic, partition, offset: Math.max(first, read.get(`${topic} ${partition}`) ?? 0) }));
      if (extents.every(({ end }, i) => end <= from[i].offset)) continue;
      for await (const record of this.platform.broker.read(name, { from, untilIdle: 0 })) {
        const { key, eventId, code, reason, service, topic } = readDeadLetter(record);
        const id = key ?? eventId;
        if (id !== undefined) writes.push(this.progress.failed(id, { code, reason, service, topic }));
        moved.set(`${name} ${record.partition}`, record.offset + 1);
        if (writes.length === WRITES) await Promise.all(writes.splice(0));
      }
    }
    await Promise.all(writes);
    if (moved.size > 0) await this.store.keepDeadLetterPositions(moved);
  }
}
