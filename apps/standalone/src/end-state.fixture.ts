import { deadLetterTopic, EVENTS, FeedbackRecorded, FeedbackRejected, ProblemLabeled, ProblemRejected, ReviewRequested } from '@math-labeler/contracts';
import { type LogRecord } from '@math-labeler/messaging';
import { type ServiceProcess } from './process.fixture.js';

/** What is there once all is handled, but for times: what readers of the topics see who go by event ids, and what the stores hold. */
export interface EndState {
  readonly topics: Readonly<Record<string, readonly string[]>>;
  /** Ids under which readers were told different things. */
  readonly contradictions: readonly string[];
  readonly deadLetters: number;
  /** Events that some service has not committed. */
  readonly lag: number;
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

const OUTCOMES = [ProblemLabeled, ProblemRejected, ReviewRequested, FeedbackRecorded, FeedbackRejected];

/** Of a process that was drained. */
export async function endStateOf({ broker, database }: ServiceProcess): Promise<EndState> {
  const read = async (topic: string): Promise<LogRecord[]> => {
    const records: LogRecord[] = [];
    for await (const record of broker.read(topic, { untilIdle: 0 })) records.push(record);
    return records;
  };
  const topics: Record<string, string[]> = {};
  const contradictions: string[] = [];
  for (const { topic } of OUTCOMES) {
    const told = new Map<string, string>();
    for (const { key, headers, value } of await read(topic.name)) {
      const id = headers['ce_id'];
      const fact = `${id} ${key} ${headers['ce_correlationid']} ${headers['ce_causationid']} ${Buffer.from(value).toString()}`;
      if ((told.get(id) ?? fact) !== fact) contradictions.push(`${topic.name} ${id}`);
      told.set(id, fact);
    }
    topics[topic.name] = [...told.values()].sort();
  }
  const dead = await Promise.all(EVENTS.map((contract) => read(deadLetterTopic(contract).name)));
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'log\\_%' ESCAPE '\\' ORDER BY name").all() as { readonly name: string }[];
  const lag = (await broker.lag()).reduce((sum, { committed, end }) => sum + end - committed, 0);
  return { topics, contradictions, deadLetters: dead.flat().length, lag, tables: Object.fromEntries(names.map(({ name }) => [name, rowsOf(database, name)])) };
}

/** Rows in an order of their own; `seq` tells when a row came, beside rows of other keys. */
function rowsOf(database: ServiceProcess['database'], table: string): string[] {
  const rows = database.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
  return rows.map((row) => JSON.stringify(row, (name, value: unknown) => (name === 'seq' ? undefined : value))).sort();
}
