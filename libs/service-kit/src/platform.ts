import { join } from 'node:path';
import { deadLetterTopic, type EventContract, EVENTS, type TopicSettings } from '@math-labeler/contracts';
import { type Consultant, openConsultant } from '@math-labeler/llm';
import { type Broker, type Clock, EmbeddedBroker, openKafkaBroker } from '@math-labeler/messaging';
import { type ElasticsearchKnowledgeIndex, openElasticsearchIndex } from '@math-labeler/search';
import { type EmbeddedStore, GroupCommit, lockFolder, openDatabase, openMongoStore, type Store } from '@math-labeler/storage';
import { type Logger } from './logging.js';
import { Metrics } from './metrics.js';
import { type Part, PART_NAMES, type PartName, Parts } from './parts.js';
import { type Settings } from './settings.js';
import { watchLlm } from './watch-llm.js';

/** This log keeps what a group has not finished however old it is: once the services have read it, an hour is enough to look into a failure. */
const INTERNAL_HOURS = 1;

/** What a process offers the services that run in it. */
export interface Platform {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly broker: Broker;
  readonly store: Store;
  /** Of `ELASTICSEARCH_URL`; undefined: the index is held in memory. */
  readonly index?: ElasticsearchKnowledgeIndex;
  /** The language model of `OPENAI_…`, for processes that ask one. */
  readonly consultant?: Consultant;
  /** The servers that it depends upon. */
  readonly parts: Parts;
  /** Whether other processes may do the same work beside this one, on the same log and stores. */
  readonly isShared: boolean;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly clock?: Clock;
  /** What the services will use of log (kafka), stores (mongodb) and index (elasticsearch); the rest is not opened. */
  readonly needs?: readonly PartName[];
  /** A language model is asked, where the settings name one. */
  readonly asksModel?: true;
}

/** Something that was opened, and how it is let go of. */
interface Opened<Value> {
  readonly value: Value;
  readonly part?: Part;
  readonly close: () => Promise<void>;
}

/**
 * Opens log, stores and index: each on its server where the settings name one, which need not be there yet, else in this process, under `DATA_DIR`,
 * which the process then has to itself; throws InputError when another one has it.
 */
export async function openPlatform(settings: Settings, logger: Logger, { clock = Date.now, needs = PART_NAMES, asksModel }: PlatformOptions = {}): Promise<Platform> {
  const metrics = new Metrics();
  const folder = new EmbeddedFolder(settings, clock);
  const broker = await openBroker(settings, logger, folder);
  const store = needs.includes('mongodb') ? await openStore(settings, folder) : undefined;
  const index = needs.includes('elasticsearch') ? await openIndex(settings) : undefined;
  const consultant = settings.llm === undefined || asksModel === undefined ? undefined : await openConsultant(settings.llm, store!.value, watchLlm(metrics, logger, settings.llm));
  const opened = [broker, store, index].filter((one) => one !== undefined);
  const parts = new Parts(opened.flatMap(({ part }) => part ?? []), { clock, logger, metrics });
  return {
    settings,
    clock,
    logger,
    metrics,
    broker: broker.value,
    get store() {
      if (store === undefined) throw new Error('this process has said that it needs no stores');
      return store.value;
    },
    index: index?.value,
    consultant,
    parts,
    isShared: settings.kafka !== undefined && settings.mongodbUri !== undefined,
    close: async () => {
      await parts.close();
      for (const { close } of opened) await close();
      folder.close();
    },
  };
}

/** Log and stores that are embedded lie in one database, so that even a power loss leaves them agreeing; each service reads its own tables alone. */
class EmbeddedFolder {
  private held?: { readonly store: EmbeddedStore; readonly close: () => void };

  constructor(
    private readonly settings: Settings,
    readonly clock: Clock,
  ) {}

  get store(): EmbeddedStore {
    return (this.held ??= this.open()).store;
  }

  close(): void {
    this.held?.close();
  }

  private open(): NonNullable<EmbeddedFolder['held']> {
    const { dataDir } = this.settings;
    const lock = lockFolder(dataDir);
    const database = openDatabase(join(dataDir, 'math-labeler.sqlite'));
    const commits = new GroupCommit(database);
    return {
      store: { database, commits },
      close: () => {
        commits.flush();
        database.close();
        lock.release();
      },
    };
  }
}

async function openBroker({ kafka, partitions }: Settings, logger: Logger, folder: EmbeddedFolder): Promise<Opened<Broker>> {
  if (kafka !== undefined) {
    const broker = await openKafkaBroker({ ...kafka, onLog: (level, message, details) => logger[level]({ part: 'kafka', ...details }, message) });
    return { value: broker, part: { name: 'kafka', ping: () => broker.ping() }, close: () => broker.close() };
  }
  const { database, commits } = folder.store;
  const broker = new EmbeddedBroker(database, { clock: folder.clock, commits });
  await broker.createTopics(EVENTS.flatMap(topicsOf).map((topic) => ({ ...topic, partitions })));
  return { value: broker, close: () => broker.close() };
}

async function openStore({ mongodbUri }: Settings, folder: EmbeddedFolder): Promise<Opened<Store>> {
  if (mongodbUri === undefined) return { value: folder.store, close: async () => {} };
  const store = await openMongoStore(mongodbUri);
  return { value: store, part: { name: 'mongodb', ping: () => store.ping() }, close: () => store.close() };
}

async function openIndex({ elasticsearch }: Settings): Promise<Opened<ElasticsearchKnowledgeIndex> | undefined> {
  if (elasticsearch === undefined) return undefined;
  const index = await openElasticsearchIndex(elasticsearch);
  return { value: index, part: { name: 'elasticsearch', ping: () => index.ping() }, close: () => index.close() };
}

function topicsOf(contract: EventContract): TopicSettings[] {
  const { topic, isInternal } = contract;
  return [isInternal ? { ...topic, retentionHours: INTERNAL_HOURS } : topic, deadLetterTopic(contract)];
}
