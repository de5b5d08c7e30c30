import { attributesOf, derivedId, type Event, type EventContract, headersOf, type NewEvent, PermanentError } from '@math-labeler/contracts';
import { explainIssue } from '@math-labeler/curriculum';
import { type LogRecord, type NewRecord, type Position } from './broker.js';

/** What a record without headers is taken for. Most have them, so nothing is worked out before it is asked for. */
class Missing {
  constructor(
    private readonly record: LogRecord,
    readonly type: string,
  ) {}

  get id(): string {
    return idOfPlace(this.record);
  }

  get time(): string {
    return new Date(this.record.timestamp).toISOString();
  }
}

/**
 * What this process has told itself, by the bytes that it made of it: whoever is handed these very bytes need not read them, which is a tenth of a
 * problem's cost. What an event holds is never changed by those who get it.
 */
const told = new WeakMap<Uint8Array, unknown>();

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a record as an event of the contract. What an outside producer may send is only read, not checked: its handler rejects it with a
 * reason. Throws PermanentError for what is no JSON or no such event.
 */
export function decode<Data>(record: LogRecord, contract: EventContract<Data>): Event<Data> {
  const known = told.get(record.value);
  const value = known ?? jsonOf(record);
  // What it is, its topic says; an outside producer may call it anything.
  const attributes = { ...attributesOf(record.headers, new Missing(record, contract.type)), type: contract.type };
  if (contract.isInput) return { ...attributes, data: value as Data };
  return { ...attributes, data: known === undefined ? checked(value, contract, 'DELIVERY.INVALID_EVENT') : (known as Data) };
}

/** The id of an event whose producer gave it none: its place in the log. */
export function idOfPlace({ topic, partition, offset }: Position): string {
  return derivedId(topic, String(partition), String(offset));
}

/** An event as the record that is published; throws PermanentError when it is not what its contract says. */
export function encode<Data>({ contract, ...event }: NewEvent<Data>, source: string, now: number): NewRecord {
  const data = checked(event.data, contract, 'DELIVERY.INVALID_OUTPUT');
  const value = Buffer.from(JSON.stringify(data));
  told.set(value, data);
  return {
    topic: contract.topic.name,
    key: contract.key(event.data),
    headers: headersOf({ ...event, source, time: new Date(now).toISOString() }),
    value,
  };
}

function jsonOf({ value }: LogRecord): unknown {
  try {
    return JSON.parse(utf8.decode(value));
  } catch (error) {
    throw new PermanentError('DELIVERY.NOT_JSON', `UTF-8로 된 JSON이 아닙니다 · is not JSON in UTF-8: ${(error as Error).message}`, { cause: error });
  }
}

function checked<Data>(value: unknown, { schema, type }: EventContract<Data>, code: string): Data {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // An explanation needs the input reported, which doubles the time of every check: so only what has failed is checked that way.
  const issue = schema.safeParse(value, { reportInput: true }).error?.issues[0] ?? parsed.error.issues[0];
  const { field, reason } = explainIssue(issue);
  throw new PermanentError(code, `${type} [${field ?? ''}] ${reason.ko} · ${reason.en}`);
}
