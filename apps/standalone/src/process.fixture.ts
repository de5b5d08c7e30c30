import { type Calibration } from '@math-labeler/confidence';
import { ConfidenceAgentModule } from '@math-labeler/confidence-agent';
import { deadLetterTopic, EVENTS, type NewEvent, type Service } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { FeedbackModule } from '@math-labeler/feedback';
import { IngestionModule } from '@math-labeler/ingestion';
import { LlmCalibrations } from '@math-labeler/labeler';
import { LabelingModule, type Voters } from '@math-labeler/labeling';
import { type Broker, DELIVERY_DEFAULTS, type DeliveryObserver, EmbeddedBroker, EventPublisher, EventServer, type NewRecord } from '@math-labeler/messaging';
import { RetrievalModule } from '@math-labeler/retrieval';
import { readSettings } from '@math-labeler/service-kit';
import { type Database, GroupCommit, openDatabase } from '@math-labeler/storage';
import { type DynamicModule, type FactoryProvider, type INestMicroservice, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type CrashPoint, Faults } from './faults.fixture.js';

/** What the services label with. */
export interface World {
  readonly knowledge: KnowledgeBase;
  readonly calibration: Calibration;
  readonly voters: Voters;
}

export interface ProcessOptions {
  readonly crashAt?: CrashPoint;
  /** What the log gets of what the services tell. */
  readonly telling?: (records: readonly NewRecord[]) => readonly NewRecord[];
}

const PARTITIONS = 2;
/** ms */
const DEADLINE = 60_000;

/** All services but the gateway over one database file, as `Standalone` has them, in a process that can be killed. */
export class ServiceProcess {
  readonly faults: Faults;
  readonly broker: EmbeddedBroker;
  readonly stores = new Set<string>();
  private readonly commits: GroupCommit;
  private readonly servers: EventServer[] = [];
  private finished = 0;
  private toldBefore = 0;
  private moved: () => void = () => {};

  private constructor(
    readonly database: Database,
    private readonly options: ProcessOptions,
  ) {
    // A process that is killed loses nothing that it has handed to the system: only a power loss would.
    database.exec('PRAGMA synchronous = OFF');
    this.commits = new GroupCommit(database);
    this.broker = new EmbeddedBroker(database, { commits: this.commits, pollMs: DEADLINE, sweepMs: 10 * DEADLINE });
    this.faults = new Faults(options.crashAt, () => this.lose());
  }

  /** Resolves when all services read, or when the process has died. */
  static async start(file: string, world: World, options: ProcessOptions = {}): Promise<ServiceProcess> {
    const process = new ServiceProcess(openDatabase(file), options);
    await process.broker.createTopics(EVENTS.flatMap((contract) => [contract.topic, deadLetterTopic(contract)]).map((topic) => ({ ...topic, partitions: PARTITIONS })));
    await Promise.race([process.faults.crash, process.boot(world)]);
    return process;
  }

  /** Tells events from outside; gives whether they are in the log for sure, which nobody says in a process that dies meanwhile. */
  async submit(events: readonly NewEvent[]): Promise<boolean> {
    const told = new EventPublisher(this.broker, 'gateway', Date.now).publish(events);
    return Promise.race([this.faults.alive(told).then(() => true), this.faults.crash.then(() => false)]);
  }

  /** Resolves once every event of the log is handled, or when the process has died. */
  async quiet(): Promise<void> {
    const last = Date.now() + DEADLINE;
    while (!this.faults.dead) {
      const moved = new Promise<void>((resolve) => (this.moved = resolve));
      if ((await this.behind()) === 0) return;
      if (Date.now() > last) throw new Error(`still not handled: ${await this.behind()} events`);
      await Promise.race([moved, this.faults.crash]);
    }
  }

  /** Stops reading. Resolves when what was handled is committed, or when the process has died. */
  async drain(): Promise<void> {
    await Promise.race([this.faults.crash, Promise.all(this.servers.map((server) => server.close()))]);
  }

  /** Makes the services of the next process read everything from the beginning. */
  async rewind(): Promise<void> {
    for (const [service, topics] of Object.entries(READERS)) {
      const subscription = await this.broker.subscribe(service, topics);
      await subscription.commit(topics.flatMap((topic) => Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition, offset: 0 }))));
      await subscription.close();
    }
  }

  /** After draining. */
  async close(): Promise<void> {
    await this.broker.close();
    this.database.close();
  }

  private async boot({ knowledge, calibration, voters }: World): Promise<void> {
    const { curriculum } = knowledge;
    const platform = { store: { database: this.database, commits: this.commits }, settings: readSettings({ MAX_TRIES: '2' }) };
    const modules: [Service, DynamicModule][] = [
      ['confidence-agent', ConfidenceAgentModule.on(platform, { curriculum, calibration, llmCalibrations: LlmCalibrations.none })],
      ['labeling', LabelingModule.on(voters)],
      ['retrieval', RetrievalModule.on(platform, knowledge)],
      ['ingestion', IngestionModule.on(platform)],
      ['feedback', FeedbackModule.on(platform, curriculum)],
    ];
    const apps: INestMicroservice[] = [];
    for (const [service, module] of modules) {
      for (const { offset } of await this.broker.committed(service)) this.toldBefore += offset;
      apps.push(await NestFactory.createMicroservice(this.withWatchedStores(module), { strategy: this.serverOf(service), logger: false, abortOnError: false }));
    }
    for (const app of apps) await this.faults.alive(app.listen());
  }

  private serverOf(service: Service): EventServer {
    const server = new EventServer({
      ...DELIVERY_DEFAULTS,
      service,
      broker: this.watchedBroker(),
      backoff: { firstMs: 1, longestMs: 10 },
      maxTries: 2,
      drainMs: 0,
      clock: Date.now,
      observer: this.observer,
      onFailed: () => {},
      onDrained: () => {},
    });
    this.servers.push(server);
    return server;
  }

  private readonly observer: DeliveryObserver = {
    finished: () => {
      this.finished++;
      this.moved();
    },
    retrying: () => {},
    died: () => {},
    brokerFailed: () => {},
  };

  private watchedBroker(): Broker {
    const { broker, faults } = this;
    const { telling = (records) => records } = this.options;
    return new Proxy<Broker>(broker, {
      get: (target, method: keyof Broker) => {
        if (method === 'publish') return (records: readonly NewRecord[]) => faults.watch('broker.publish', () => target.publish(telling(records)));
        if (method !== 'subscribe') return Reflect.get(target, method) as unknown;
        return async (group: string, topics: readonly string[]) => {
          const subscription = await faults.alive(target.subscribe(group, topics));
          const commit = subscription.commit.bind(subscription);
          return Object.assign(subscription, { commit: (positions: Parameters<typeof commit>[0]) => faults.watch('subscription.commit', () => commit(positions)) });
        };
      },
    });
  }

  /** The module with its stores, the providers that are named so, under watch. */
  private withWatchedStores({ providers = [], ...module }: DynamicModule): DynamicModule {
    const watched = providers.map((provider: Provider): Provider => {
      const { provide, useFactory } = provider as FactoryProvider<object>;
      if (typeof provide !== 'function' || !provide.name.endsWith('Store')) return provider;
      this.stores.add(provide.name);
      return { provide, useFactory: async () => this.faults.watched(await useFactory(), provide.name) };
    });
    return { ...module, providers: watched };
  }

  /** Events of the log that some service has not finished. */
  private async behind(): Promise<number> {
    const lags = await this.broker.lag();
    return lags.filter(({ group }) => group in READERS).reduce((sum, { end }) => sum + end, 0) - this.toldBefore - this.finished;
  }

  /** What a killed process no longer has: its loops, and the connection with whatever was not committed. */
  private lose(): void {
    void this.drain();
    this.database.close();
    void this.broker.close().catch(() => {});
  }
}

const SERVICES: readonly Service[] = ['ingestion', 'retrieval', 'labeling', 'confidence-agent', 'feedback'];

/** The topics that each service reads. */
const READERS = Object.fromEntries(SERVICES.map((service) => [service, EVENTS.filter(({ consumers }) => consumers.includes(service)).map(({ topic }) => topic.name)]));
