import { originOf } from '@math-labeler/contracts';
import { type Broker, type DeadLetter, DeadLetterBox } from '@math-labeler/messaging';
import { colours } from '../colours.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { LineOutput } from '../line-output.js';
import { type Session, tell } from '../session.js';
import { withBroker } from './open-broker.js';
import { requireTopic } from './topic-name.js';

export interface DeadLetterOptions {
  /** The topic that they came from, or its dead-letter topic. */
  readonly topic?: string;
}

/** What could not be handled and was not put back. */
export async function listDeadLetters(session: Session, { topic, limit, json }: DeadLetterOptions & { readonly limit: number; readonly json: boolean }): Promise<ExitCode> {
  const letters = await withBroker(session, async (broker) => new DeadLetterBox(broker).list({ topic: await originNamed(broker, topic), limit }));
  const output = new LineOutput(session.stdout);
  for (const letter of letters) await output.write(json ? JSON.stringify({ ...letter, at: timeOf(letter) }) : letterLine(letter));
  if (!json && letters.length === 0) tell(session, { ko: '처리하지 못한 것이 없습니다.', en: 'There are no dead letters.' });
  if (letters.length === limit) tell(session, { ko: `… 처음 ${limit}개입니다 (--limit으로 더 볼 수 있습니다)`, en: `… the first ${limit} (--limit shows more)` });
  return EXIT.done;
}

/** Puts them back onto the topics that they came from. */
export async function redrive(session: Session, { topic }: DeadLetterOptions): Promise<ExitCode> {
  const count = await withBroker(session, async (broker) => new DeadLetterBox(broker).redrive({ topic: await originNamed(broker, topic) }));
  tell(session, { ko: `${count}개를 제 토픽으로 돌려보냈습니다.`, en: `${count} put back onto their topics.` });
  return EXIT.done;
}

async function originNamed(broker: Broker, topic: string | undefined): Promise<string | undefined> {
  if (topic === undefined) return undefined;
  await requireTopic(broker, topic);
  return originOf(topic) ?? topic;
}

function letterLine(letter: DeadLetter): string {
  const { topic, partition, offset, key, service, code, reason, tries } = letter;
  return `${colours.dim(`${timeOf(letter)}  ${topic} ${partition}:${offset}`)}  ${colours.bold(key ?? '-')}  ${service}  ${code} (×${tries})  ${reason.replace(/\s+/g, ' ')}`;
}

function timeOf({ at }: DeadLetter): string {
  return new Date(at).toISOString();
}
