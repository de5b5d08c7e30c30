import { originOf, ProblemSubmitted } from '@math-labeler/contracts';
import { type Broker, type DeadLetterBox, readDeadLetter } from '@math-labeler/messaging';
import { type Logger } from '@math-labeler/service-kit';
import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Admission } from './admission.js';
import { type ProblemProgress } from './problem-progress.js';
import { type ProblemViewStore } from './stores/problem-view.store.js';

const EVERY_MS = 2000;
/** Side by side: they share a commit. */
const WRITES = 200;

/** Looks into the log, now and then, for what no event tells: which problems ended as dead letters, and how far reading is behind. */
export class LogWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly broker: Broker,
    private readonly box: DeadLetterBox,
    private readonly store: ProblemViewStore,
    private readonly progress: ProblemProgress,
    private readonly admission: Admission,
    private readonly logger: Logger,
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
      const lag = (await this.broker.lag()).filter(({ group, topic }) => group === 'gateway' && topic === ProblemSubmitted.topic.name);
      this.admission.lagging(lag.reduce((sum, { committed, end }) => sum + end - committed, 0));
    }).catch((error: unknown) => this.logger.warn({ err: error }, 'the log could not be looked into'));
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
    for (const { name } of await this.broker.topics()) {
      if (originOf(name) === undefined || name.startsWith('feedback.')) continue;
      const from = [...read].map(([key, offset]) => ({ key: key.split(' '), offset })).filter(({ key }) => key[0] === name);
      for await (const record of this.broker.read(name, { from: from.map(({ key, offset }) => ({ topic: name, partition: Number(key[1]), offset })), untilIdle: 0 })) {
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
