import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headersOf, type Label, label, type NewEvent, ProblemLabeled, ProblemSubmitted } from '@math-labeler/contracts';
import { type Curriculum, loadCurriculum } from '@math-labeler/curriculum';
import { EventPublisher } from '@math-labeler/messaging';
import { openLogger, openPlatform, type Platform, type Settings } from '@math-labeler/service-kit';
import { readDataFolder } from '@math-labeler/storage';
import { type GatewayParts } from './gateway-parts.js';
import { type RunningGateway, startGateway } from './start-gateway.js';

export const DEADLINE_MS = 10_000;

/** Waits for a condition, for at most the deadline. */
export async function until<Value>(look: () => Promise<Value | undefined | false> | Value | undefined | false): Promise<Value> {
  const last = Date.now() + DEADLINE_MS;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > last) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function shippedCurriculum(): Promise<Curriculum> {
  return loadCurriculum(await readDataFolder('data'));
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never> & { readonly [name: string]: unknown };
  readonly text: string;
}

type State = ReturnType<GatewayParts['state']>;

/** A gateway over a log of its own, without the services behind it: a test plays those. */
export class GatewayBench {
  state: State = { ready: true };
  services: ReturnType<GatewayParts['services']> = [];
  readonly logged: string[] = [];
  platform!: Platform;
  gateway!: RunningGateway;

  private constructor(
    readonly dataDir: string,
    private readonly settings: Partial<Settings>,
    private readonly curriculum: Curriculum,
  ) {}

  static async start(settings: Partial<Settings> = {}, dataDir = mkdtempSync(join(tmpdir(), 'gateway-'))): Promise<GatewayBench> {
    const bench = new GatewayBench(dataDir, settings, await shippedCurriculum());
    await bench.open();
    return bench;
  }

  async open(): Promise<void> {
    const settings: Settings = {
      host: '127.0.0.1', port: 0, personalData: 'mask', dataDir: this.dataDir, logLevel: 'debug', maxInFlight: 64, deadlineMs: 5000, maxTries: 3, maxPending: 5000, partitions: 2, ...this.settings,
    };
    this.platform = await openPlatform(settings, openLogger(settings.logLevel, { write: (line) => void this.logged.push(line) }));
    const parts: GatewayParts = { curriculum: this.curriculum, services: () => this.services, state: () => this.state };
    try {
      this.gateway = await startGateway(this.platform, parts, { onFailed: (error) => this.logged.push(String(error)), freePort: async () => {} });
    } catch (error) {
      await this.platform.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.platform.close();
  }

  async end(): Promise<void> {
    await this.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async ask(path: string, { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
    const init: RequestInit = { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } };
    if (body !== undefined) init.body = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await fetch(`${this.gateway.address}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && !response.headers.get('content-type')!.includes('ndjson');
    return { status: response.status, headers: response.headers, text, body: (isJson && text !== '' ? JSON.parse(text) : {}) as Answer['body'] };
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, { method: 'POST', body, headers });
  }

  /** Tells events as another service would. */
  async tell(events: readonly NewEvent[], service = 'confidence-agent'): Promise<void> {
    await new EventPublisher(this.platform.broker, service, Date.now).publish(events);
  }

  /** Labels a problem as the pipeline would. */
  async label(id: string, given: Partial<Label> = {}): Promise<void> {
    await this.tell([labeled(id, given)]);
  }

  /** Puts a letter into a dead-letter topic. */
  async bury(id: string, topic = 'problem.ingested.v1'): Promise<void> {
    const headers = { ...headersOf({ id: `event-${id}`, type: topic, source: 'test', time: new Date().toISOString(), correlationId: id, trail: [], data: {} }), ml_dead_service: 'retrieval', ml_dead_code: 'BUG', ml_dead_reason: 'boom', ml_dead_tries: '3', ml_dead_at: new Date().toISOString() };
    await this.platform.broker.publish([{ topic: `${topic}.dlq`, key: id, headers, value: Buffer.from('{"problem":{}}') }]);
  }

  /** The ids of the events in a topic. */
  async eventIds(topic: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const { headers } of this.platform.broker.read(topic, { untilIdle: 0 })) ids.push(headers['ce_id']);
    return ids;
  }
}

/** The event of a label for a problem, with the way that it came. */
export function labeled(id: string, given: Partial<Label> = {}): NewEvent {
  const [example] = ProblemLabeled.examples;
  const data = label.parse({ ...example, id, ...given });
  const cause = { ...ProblemSubmitted.first(`submitted-${id}`, { id, content: data.content }), source: 'gateway', time: '2026-01-02T03:04:05.000Z' };
  return { ...ProblemLabeled.from(cause, data), id: `label-${id}-${data.revision}` };
}
