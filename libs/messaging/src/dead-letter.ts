import { type Headers, originOf } from '@math-labeler/contracts';
import { type LogRecord, type NewRecord } from './broker.js';

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
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key?: string;
  readonly eventId?: string;
  readonly correlationId?: string;
  /** The value as text. */
  readonly value: string;
}

const PREFIX = 'ml_dead_';
const STACK_LENGTH = 4000;

/** The record for the dead-letter topic: the original's bytes and headers, and what happened. */
export function deadLetterOf(record: LogRecord, { service, code, reason, stack, tries, at }: Failure): NewRecord {
  const failure: Headers = {
    service,
    code,
    reason,
    ...(stack === undefined ? {} : { stack: stack.slice(0, STACK_LENGTH) }),
    tries: String(tries),
    at: new Date(at).toISOString(),
    topic: record.topic,
    partition: String(record.partition),
    offset: String(record.offset),
  };
  const added = Object.entries(failure).map(([name, value]) => [`${PREFIX}${name}`, value]);
  return { topic: `${record.topic}.dlq`, ...(record.key === undefined ? {} : { key: record.key }), headers: { ...withoutFailure(record.headers), ...Object.fromEntries(added) }, value: record.value };
}

/** The original again, for the topic that it came from. */
export function revive(record: LogRecord): NewRecord {
  const topic = originOf(record.topic);
  if (topic === undefined) throw new RangeError(`${record.topic} keeps no dead letters`);
  return { topic, ...(record.key === undefined ? {} : { key: record.key }), headers: withoutFailure(record.headers), value: record.value };
}

export function readDeadLetter({ topic, partition, offset, key, headers, value }: LogRecord): DeadLetter {
  const stack = headers[`${PREFIX}stack`];
  return {
    topic: originOf(topic) ?? topic,
    partition,
    offset,
    ...(key === undefined ? {} : { key }),
    ...(headers['ce_id'] === undefined ? {} : { eventId: headers['ce_id'] }),
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
