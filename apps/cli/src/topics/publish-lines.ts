import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { EVENTS } from '@math-labeler/contracts';
import { InputError, type Place } from '@math-labeler/curriculum';
import { type Broker, type NewRecord } from '@math-labeler/messaging';
import { EXIT, type ExitCode } from '../exit-code.js';
import { FaultList } from '../fault-list.js';
import { type Session, tell } from '../session.js';
import { byteLines } from './byte-lines.js';
import { withBroker } from './open-broker.js';
import { requireTopic } from './topic-name.js';

export interface PublishOptions {
  /** Into a topic that is not for outside producers, too. */
  readonly force: boolean;
}

const LONGEST_LINE = 2 ** 22;
const BATCH = 500;
const INPUTS = EVENTS.filter(({ isInput }) => isInput).map(({ topic }) => topic.name);

/** Publishes one JSON value a line, bare as a console producer does; lines that are not JSON are listed, and the others go through. */
export async function publishLines(session: Session, topic: string, file: string, { force }: PublishOptions): Promise<ExitCode> {
  return withBroker(
    session,
    async (broker) => {
      await requireTopic(broker, topic);
      if (!force && !INPUTS.includes(topic)) {
        throw new InputError('CLI.NOT_AN_INPUT', { file: topic }, undefined, {
          ko: `밖에서 발행하는 토픽이 아닙니다 (${INPUTS.join(', ')}). 그래도 하려면 --force를 쓰세요`,
          en: `is not for outside producers (${INPUTS.join(', ')} are); --force publishes all the same`,
        });
      }
      const faults = await FaultList.open(session, undefined);
      let published = 0;
      try {
        published = await publishAll(session, broker, topic, file, faults);
      } finally {
        await faults.close();
      }
      tell(session, { ko: `${topic}에 ${published}개를 발행했습니다${faults.count > 0 ? `, 쓰지 못함 ${faults.count}` : ''}`, en: `${published} published to ${topic}${faults.count > 0 ? `, ${faults.count} could not be used` : ''}` });
      if (faults.count === 0) return EXIT.done;
      return published > 0 ? EXIT.someFailed : EXIT.refused;
    },
    { makesLog: true },
  );
}

async function publishAll(session: Session, broker: Broker, topic: string, file: string, faults: FaultList): Promise<number> {
  let published = 0;
  const stream: Readable = addAbortSignal(session.signal, file === '-' ? process.stdin : createReadStream(file));
  for await (const batch of byteLines(stream as AsyncIterable<Buffer>, LONGEST_LINE)) {
    const records: NewRecord[] = [];
    for (const { number, bytes } of batch) {
      const record = recordOf(topic, bytes, { file, line: number });
      if (record instanceof InputError) await faults.add(record);
      else if (record !== undefined) records.push(record);
    }
    for (let first = 0; first < records.length; first += BATCH) {
      await broker.publish(records.slice(first, first + BATCH));
      published += Math.min(BATCH, records.length - first);
    }
  }
  return published;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for an empty line. */
function recordOf(topic: string, bytes: Buffer | undefined, place: Place): NewRecord | InputError | undefined {
  if (bytes === undefined) return new InputError('CLI.LINE_TOO_LONG', place, undefined, { ko: '줄이 너무 깁니다', en: 'is too long a line' });
  try {
    // The decoder leaves a byte order mark out, which is none of the value.
    const text = utf8.decode(bytes).trim();
    if (text === '') return undefined;
    const key = keyOf(topic, JSON.parse(text));
    return { topic, headers: {}, value: Buffer.from(text), ...(key === undefined ? {} : { key }) };
  } catch (error) {
    const { message } = error as Error;
    return new InputError('CLI.NOT_JSON', place, undefined, { ko: `UTF-8로 쓴 JSON이 아닙니다 (${message})`, en: `is not JSON in UTF-8 (${message})` });
  }
}

/** The problem that it is about; none for what is not as its contract says, which its reader rejects. */
function keyOf(topic: string, value: unknown): string | undefined {
  const contract = EVENTS.find(({ type }) => type === topic);
  const parsed = contract?.schema.safeParse(value);
  return parsed?.success === true ? contract!.key(parsed.data) : undefined;
}
