import { join } from 'node:path';
import { deadLetterTopic, type EventContract, EVENTS, type TopicSettings } from '@math-labeler/contracts';
import { type Broker, type Clock, EmbeddedBroker } from '@math-labeler/messaging';
import { type EmbeddedStore, GroupCommit, lockFolder, openDatabase } from '@math-labeler/storage';
import { type Logger } from './logging.js';
import { Metrics } from './metrics.js';
import { type Settings } from './settings.js';

/** This log keeps what a group has not finished however old it is: once the services have read it, an hour is enough to look into a failure. */
const INTERNAL_HOURS = 1;

/** What a process offers the services that run in it. */
export interface Platform {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly broker: Broker;
  /** Log and stores lie in one database, so that even a power loss leaves them agreeing; each service reads its own tables alone. */
  readonly store: EmbeddedStore;
  close(): Promise<void>;
}

/** Opens log and stores under `DATA_DIR`, which this process then has to itself; throws InputError when another one has it. */
export async function openPlatform(settings: Settings, logger: Logger, clock: Clock = Date.now): Promise<Platform> {
  const lock = lockFolder(settings.dataDir);
  const database = openDatabase(join(settings.dataDir, 'math-labeler.sqlite'));
  const store = { database, commits: new GroupCommit(database) };
  const broker = new EmbeddedBroker(database, { clock, commits: store.commits });
  await broker.createTopics(EVENTS.flatMap(topicsOf).map((topic) => ({ ...topic, partitions: settings.partitions })));
  return {
    settings,
    clock,
    logger,
    metrics: new Metrics(),
    broker,
    store,
    close: async () => {
      await broker.close();
      store.commits.flush();
      database.close();
      lock.release();
    },
  };
}

function topicsOf(contract: EventContract): TopicSettings[] {
  const { topic, isInternal } = contract;
  return [isInternal ? { ...topic, retentionHours: INTERNAL_HOURS } : topic, deadLetterTopic(contract)];
}
