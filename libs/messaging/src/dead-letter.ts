import { deadLetterNameOf, type Headers, originOf } from '@math-labeler/contracts';
import { type LogRecord, type NewRecord } from './broker.js';
import { idOfPlace } from './event-codec.js';

/** Where, when, why and how often something could not be handled. */
export interface Failure {
  readonly service: string;
  /** Stable: a PermanentError's own code, `DELIVERY.TRIES_EXHAUSTED`, or `BUG`. */
  readonly code: string;
  readonly reason: string;
  /** Of a bug. */
  readonly stack?: string;
  readonly tries: number;
  /** ms since 1970. */
  readonly at: number;
}

/** A dead letter as people see it. */
export interface DeadLetter extends Failure {
  /** The topic that it came from. */
  readonly topic: string;
  /** Its place among the dead letters of that topic. */
  readonly partition: number;
  readonly offset: number;
  readonly key?: string;
  readonly eventId?: string;
  readonly correlationId?: string;
  /** The value as text. */
  readonly value: string;
}

const PREFIX = 'ml_dead_';
/** Longest reason or stack, in characters: a dead letter must not outgrow what a broker takes. */
const LONGEST = 4000;

/** The record for the dead-letter topic: the original's bytes and headers, and what happened. */
export function deadLetterOf(record: LogRecord, { service, code, reason, stack, tries, at }: Failure): NewRecord {
  const failure: Headers = {
    service,
    code,
    reason: reason.slice(0, LONGEST),
    ...(stack === undefined ? {} : { stack: stack.slice(0, LONGEST) }),
    tries: String(tries),
    at: new Date(at).toISOString(),
    topic: record.topic,
    partition: String(record.partition),
    offset: String(record.offset),
  };
  const added = Object.entries(failure).map(([name, value]) => [`${PREFIX}${name}`, value]);
  return { topic: deadLetterNameOf(record.topic), ...(record.key === undefined ? {} : { key: record.key }), headers: { ...withoutFailure(record.headers), ...Object.fromEntries(added) }, value: record.value };
}

/** The original again, for the topic that it came from; one that had no id keeps the id of its first place there, however often it is put back. */
export function revive(record: LogRecord): NewRecord {
  const topic = originOf(record.topic);
  if (topic === undefined) throw new RangeError(`${record.topic} keeps no dead letters`);
  const id = eventIdOf(record.headers);
  const headers = { ...withoutFailure(record.headers), ...(id === undefined ? {} : { ce_id: id }) };
  return { topic, ...(record.key === undefined ? {} : { key: record.key }), headers, value: record.value };
}

export function readDeadLetter({ topic, partition, offset, key, headers, value }: LogRecord): DeadLetter {
  const stack = headers[`${PREFIX}stack`];
  const eventId = eventIdOf(headers);
  return {
    topic: originOf(topic) ?? topic,
    partition,
    offset,
    ...(key === undefined ? {} : { key }),
    ...(eventId === undefined ? {} : { eventId }),
    ...(headers['ce_correlationid'] === undefined ? {} : { correlationId: headers['ce_correlationid'] }),
    service: headers[`${PREFIX}service`] ?? '',
    code: headers[`${PREFIX}code`] ?? '',
    reason: headers[`${PREFIX}reason`] ?? '',
    ...(stack === undefined ? {} : { stack }),
    tries: Number(headers[`${PREFIX}tries`] ?? 0),
    at: Date.parse(headers[`${PREFIX}at`] ?? '') || 0,
    value: Buffer.from(value).toString('utf8'),
  };
}

function withoutFailure(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX)));
}

function eventIdOf(headers: Headers): string | undefined {
  const [topic, partition, offset] = ['topic', 'partition', 'offset'].map((name) => headers[`${PREFIX}${name}`]);
  if (headers['ce_id'] || topic === undefined) return headers['ce_id'];
  return idOfPlace({ topic, partition: Number(partition), offset: Number(offset) });
}
