import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GroupCommit, openDatabase, type Store } from '@math-labeler/storage';
import { FakeTimer } from '../fake-timer.fixture.js';
import { type Question, type Reply } from '../language-model.js';
import { type LedgerEntry } from '../ledger/ledger.store.js';
import { openLedger } from '../ledger/open-ledger.js';
import { type ConsultantOptions } from '../open-consultant.js';
import { chatVoice, type Voice } from '../openai/provider-voice.fixture.js';
import { question } from '../openai/question.fixture.js';
import { openReplies } from '../replies/open-replies.js';
import { type BatchParts } from './batch-parts.js';
import { type BatchTally } from './batch-tally.js';
import { openBatches } from './open-batches.js';
import { type Answer, StubBatchProvider } from './stub-batch-provider.fixture.js';

export const NOW = Date.parse('2026-11-26T12:00:00.000Z');
export const MODEL = 'gpt-6-luna';
/** Of the provider's clock when it is done. */
export const DONE = NOW + 60_000;

/** Different questions, from this one on. */
export function questions(count: number, from = 0): Question[] {
  return Array.from({ length: count }, (_, i) => ({ ...question(), key: { ...question().key, problem: String(from + i) }, user: `문제 ${from + i}` }));
}

export interface PlaceOptions {
  readonly voice?: Voice;
  readonly answer?: (body: Readonly<Record<string, unknown>>) => Answer;
  readonly limits?: BatchParts['limits'];
}

/** An empty store, a provider, and time that passes when it is waited for. */
export class BatchPlace {
  /** What the observer heard. */
  readonly told: string[] = [];
  readonly provider: StubBatchProvider;
  readonly store: Store;
  private readonly timer = new FakeTimer();
  private readonly folder = mkdtempSync(join(tmpdir(), 'batch-place-'));
  private readonly voice: Voice;
  private baseUrl = '';

  constructor(private readonly given: PlaceOptions = {}) {
    const voice = given.voice ?? chatVoice;
    this.voice = voice;
    this.provider = new StubBatchProvider(given.answer ?? (() => ({ body: voice.answered('{"standard":"1"}') })));
    this.provider.now = () => DONE / 1000;
    const database = openDatabase(':memory:');
    this.store = { database, commits: new GroupCommit(database) };
  }

  async open(): Promise<this> {
    this.baseUrl = await this.provider.start();
    // The stub is a server of one's own, which would cost nothing.
    writeFileSync(this.prices, JSON.stringify([{ model: MODEL, from: '2026-01-01', input: 100, output: 500, batch: 0.5 }]));
    return this;
  }

  async close(): Promise<void> {
    await this.provider.stop();
    rmSync(this.folder, { recursive: true });
  }

  options(more: Partial<ConsultantOptions> = {}): ConsultantOptions {
    return { baseUrl: this.baseUrl, apiKey: 'secret-of-the-owner', model: MODEL, api: this.voice.api, budget: {}, deadlineMs: 5000, maxInFlight: 4, prices: this.prices, ...more };
  }

  /** As a process of its own would. */
  async run(asked: readonly Question[], more: Partial<ConsultantOptions> = {}): Promise<BatchTally> {
    let isOver = false;
    const done = this.begin(asked, new AbortController().signal, more).finally(() => (isOver = true));
    done.catch(() => {});
    while (!isOver) await this.timer.pass(250);
    return done;
  }

  /** The same, ended while a batch is under way. */
  async interrupted(asked: readonly Question[]): Promise<void> {
    this.provider.course = ['in_progress'];
    const controller = new AbortController();
    const work = this.begin(asked, controller.signal);
    work.catch(() => {});
    const looks = this.provider.times('GET /batches/:id');
    while (this.provider.times('GET /batches/:id') === looks) await this.timer.pass(0);
    controller.abort(new Error('Ctrl-C'));
    await expect(work).rejects.toThrow('Ctrl-C');
    this.provider.course = ['in_progress', 'completed'];
  }

  reply(one: Question): Promise<Reply | undefined> {
    return openReplies(this.store).find(MODEL, one.key);
  }

  async stored(asked: readonly Question[]): Promise<number> {
    const replies = await Promise.all(asked.map((one) => this.reply(one)));
    return replies.filter((reply) => reply !== undefined).length;
  }

  entries(): Promise<LedgerEntry[]> {
    return openLedger(this.store).entries('2026-11-01', '2026-12-31');
  }

  private get prices(): string {
    return join(this.folder, 'prices.json');
  }

  private async begin(asked: readonly Question[], signal: AbortSignal, more: Partial<ConsultantOptions> = {}): Promise<BatchTally> {
    const { told, timer, given } = this;
    const observer = {
      onFound: (batches: number, count: number) => void told.push(`found ${batches} ${count}`),
      onSubmitted: (count: number) => void told.push(`submitted ${count}`),
      onTrouble: () => void told.push('trouble'),
      onLeft: (file: string) => void told.push(`left ${file}`),
    };
    const { run } = await openBatches(this.options(more), this.store, observer, { timer, clock: () => NOW, ...(given.limits === undefined ? {} : { limits: given.limits }) });
    return run.run(asked, signal);
  }
}
