import { type IHeaders, type KafkaMessage, type Message } from 'kafkajs';
import { type LogRecord, type NewRecord } from '../broker.js';

export function messageOf({ key, headers, value }: NewRecord, partition: number): Message {
  return { partition, key: key ?? null, headers, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength) };
}

/** Bytes that a record takes, roughly. */
export function sizeOf({ key = '', headers, value }: NewRecord): number {
  let size = 32 + Buffer.byteLength(key) + value.length;
  for (const name in headers) size += name.length + headers[name].length;
  return size;
}

/** @param topic its name without the prefix */
export function recordOf(topic: string, partition: number, { key, headers, value, offset, timestamp }: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: Number(offset),
    timestamp: Number(timestamp),
    ...(key === null || key === undefined ? {} : { key: key.toString('utf8') }),
    headers: headersOf(headers),
    value: value ?? Buffer.alloc(0),
  };
}

function headersOf(headers: IHeaders = {}): Record<string, string> {
  const read: Record<string, string> = {};
  for (const name in headers) {
    // A header may come several times; the last one counts.
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) read[name] = typeof last === 'string' ? last : last.toString('utf8');
  }
  return read;
}
