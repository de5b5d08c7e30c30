import { EXIT, type ExitCode } from '../exit-code.js';
import { LineOutput } from '../line-output.js';
import { type Session } from '../session.js';
import { endsOf } from './extent.js';
import { withBroker } from './open-broker.js';
import { recordJson, recordLine } from './record-lines.js';
import { requireTopic } from './topic-name.js';

export interface ConsumeOptions {
  readonly fromBeginning: boolean;
  /** Seconds without a new record after which it ends; undefined: it follows until it is interrupted. */
  readonly untilIdle?: number;
  readonly limit?: number;
  readonly json: boolean;
}

/** Shows the records of a topic as they come, without a group: it takes nothing away from anybody. */
export async function consumeTopic(session: Session, topic: string, { fromBeginning, untilIdle, limit = Infinity, json }: ConsumeOptions): Promise<ExitCode> {
  const output = new LineOutput(session.stdout);
  await withBroker(session, async (broker) => {
    await requireTopic(broker, topic);
    const from = fromBeginning ? [] : await endsOf(broker, topic);
    let shown = 0;
    for await (const record of broker.read(topic, { from, untilIdle: untilIdle === undefined ? Infinity : untilIdle * 1000, signal: session.signal })) {
      await output.write(json ? recordJson(record) : recordLine(record));
      if (++shown >= limit) return;
    }
  });
  session.signal.throwIfAborted();
  return EXIT.done;
}
