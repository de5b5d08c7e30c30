import { attributesOf, derivedId, type Event, type EventContract, headersOf, type NewEvent } from '@math-labeler/contracts';
import { explainIssue } from '@math-labeler/curriculum';
import { type LogRecord, type NewRecord } from './broker.js';
import { PermanentError } from './errors.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a record as an event of the contract. What an outside producer may send is only read, not checked: its handler rejects it with a
 * reason. Throws PermanentError for what is no JSON or no such event.
 */
export function decode<Data>(record: LogRecord, contract: EventContract<Data>): Event<Data> {
  const value = jsonOf(record);
  const missing = { id: derivedId(record.topic, String(record.partition), String(record.offset)), type: contract.type, time: new Date(record.timestamp).toISOString() };
  const attributes = attributesOf(record.headers, missing);
  if (contract.isInput) return { ...attributes, data: value as Data };
  const parsed = contract.schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { ...attributes, data: parsed.data };
  throw new PermanentError('DELIVERY.INVALID_EVENT', `${contract.type} ${issueOf(parsed.error.issues[0])}`);
}

/** An event as the record that is published; throws PermanentError when it is not what its contract says. */
export function encode<Data>({ contract, ...event }: NewEvent<Data>, source: string, now: number): NewRecord {
  const checked = contract.schema.safeParse(event.data, { reportInput: true });
  if (!checked.success) throw new PermanentError('DELIVERY.INVALID_OUTPUT', `${contract.type} ${issueOf(checked.error.issues[0])}`);
  return {
    topic: contract.topic.name,
    key: contract.key(event.data),
    headers: headersOf({ ...event, source, time: new Date(now).toISOString() }),
    value: Buffer.from(JSON.stringify(event.data)),
  };
}

function jsonOf({ value }: LogRecord): unknown {
  try {
    return JSON.parse(utf8.decode(value));
  } catch (error) {
    throw new PermanentError('DELIVERY.NOT_JSON', `is not JSON in UTF-8: ${(error as Error).message}`, { cause: error });
  }
}

function issueOf(issue: Parameters<typeof explainIssue>[0]): string {
  const { field, reason } = explainIssue(issue);
  return `[${field ?? ''}] ${reason.ko} · ${reason.en}`;
}
