import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deadLetterTopic, EVENTS, TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type Broker, EmbeddedBroker } from '@math-labeler/messaging';
import { openDatabase } from '@math-labeler/storage';
import { dataDir } from '../paths.js';
import { type Session } from '../session.js';

export interface BrokerWork {
  /** Make the log and its topics where there are none yet; without it a missing log is an InputError. */
  readonly makesLog?: boolean;
}

/**
 * Does some work with the broker that a server with this environment uses: its log may be open there at the same time. What the log cannot do
 * just now is an InputError.
 */
export async function withBroker<Result>(session: Session, work: (broker: Broker) => Promise<Result>, { makesLog = false }: BrokerWork = {}): Promise<Result> {
  const file = join(dataDir(session.env), 'math-labeler.sqlite');
  if (!makesLog && !existsSync(file)) {
    throw new InputError('CLI.NO_LOG', { file }, undefined, { ko: '토픽이 아직 없습니다. 서버를 시작하거나, DATA_DIR이 서버의 것과 같은지 확인하세요', en: 'there are no topics yet; start the server, or check that DATA_DIR is the server’s' });
  }
  const database = openDatabase(file);
  try {
    // Tidying up is the server's.
    const broker = new EmbeddedBroker(database, { sweepMs: 2 ** 31 - 1 });
    try {
      if (makesLog) await makeTopics(broker, session.env);
      return await work(broker);
    } finally {
      await broker.close();
    }
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    throw new InputError('CLI.LOG_BUSY', { file }, undefined, { ko: `지금은 쓸 수 없습니다. 잠시 뒤에 다시 해 보세요 (${error.message})`, en: `cannot be used just now; try again in a moment (${error.message})` }, { cause: error });
  } finally {
    database.close();
  }
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
