import { existsSync } from 'node:fs';
import { deadLetterTopic, EVENTS, TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type Broker, EmbeddedBroker, type KafkaBroker, openKafkaBroker } from '@math-labeler/messaging';
import { openDatabase } from '@math-labeler/storage';
import { databaseFile, names } from '../paths.js';
import { type Session } from '../session.js';

export interface BrokerWork {
  /** Make the log and its topics where there are none yet; without it a missing log is an InputError. On Kafka a step of its own makes topics. */
  readonly makesLog?: boolean;
}

/**
 * Does some work with the broker that a server with this environment uses: Kafka with KAFKA_BROKERS, else the log of DATA_DIR, which may be open there
 * at the same time. What the broker cannot do just now is an InputError.
 */
export async function withBroker<Result>(session: Session, work: (broker: Broker) => Promise<Result>, { makesLog = false }: BrokerWork = {}): Promise<Result> {
  return isOnKafka(session) ? withKafka(session, work) : withLog(session, work, makesLog);
}

export function isOnKafka({ env }: Session): boolean {
  return names(env, 'KAFKA_BROKERS');
}

/** The same, where it must be Kafka. */
export async function withKafka<Result>({ env }: Session, work: (broker: KafkaBroker) => Promise<Result>, { replication }: { readonly replication?: number } = {}): Promise<Result> {
  const { readSettings } = await import('@math-labeler/service-kit');
  const settings = readSettings(env).kafka!;
  const broker = await openKafkaBroker({ ...settings, replication });
  try {
    // A cluster that is away is said to be so at once.
    await broker.ping();
    return await work(broker);
  } catch (error) {
    throw asInputError(error, settings.brokers.join(','));
  } finally {
    await broker.close();
  }
}

async function withLog<Result>({ env }: Session, work: (broker: Broker) => Promise<Result>, makesLog: boolean): Promise<Result> {
  const file = databaseFile(env);
  if (!makesLog && !existsSync(file)) {
    throw new InputError('CLI.NO_LOG', { file }, undefined, { ko: '토픽이 아직 없습니다. 서버를 시작하거나, DATA_DIR이 서버의 것과 같은지 확인하세요', en: 'there are no topics yet; start the server, or check that DATA_DIR is the server’s' });
  }
  const database = openDatabase(file);
  try {
    // Tidying up is the server's.
    const broker = new EmbeddedBroker(database, { sweepMs: 2 ** 31 - 1 });
    try {
      if (makesLog) await makeTopics(broker, env);
      return await work(broker);
    } finally {
      await broker.close();
    }
  } catch (error) {
    throw asInputError(error, file);
  } finally {
    database.close();
  }
}

function asInputError(error: unknown, place: string): unknown {
  if (!(error instanceof TransientError)) return error;
  return new InputError('CLI.LOG_BUSY', { file: place }, undefined, { ko: `지금은 쓸 수 없습니다. 잠시 뒤에 다시 해 보세요 (${error.message})`, en: `cannot be used just now; try again in a moment (${error.message})` }, { cause: error });
}

/** The topics that a server would make, as it would make them; those that are there are left as they are. */
async function makeTopics(broker: Broker, env: NodeJS.ProcessEnv): Promise<void> {
  const there = new Set((await broker.topics()).map(({ name }) => name));
  const missing = EVENTS.flatMap((contract) => [contract.topic, deadLetterTopic(contract)]).filter(({ name }) => !there.has(name));
  if (missing.length === 0) return;
  const { readSettings } = await import('@math-labeler/service-kit');
  const { partitions } = readSettings(env);
  await broker.createTopics(missing.map((topic) => ({ ...topic, partitions })));
}
