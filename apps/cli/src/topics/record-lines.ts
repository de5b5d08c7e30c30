import { type LogRecord } from '@math-labeler/messaging';
import { colours } from '../colours.js';

/** Values are cut to this many characters on the line for people. */
const SHOWN = 200;

/** A record as one JSON object: `id` is the event's, the value is parsed where it is JSON, else its text. */
export function recordJson({ topic, partition, offset, timestamp, key, headers, value }: LogRecord): string {
  return JSON.stringify({ topic, partition, offset, timestamp: new Date(timestamp).toISOString(), id: headers['ce_id'], key, headers, value: valueOf(value) });
}

/** A record as a person reads it. */
export function recordLine({ partition, offset, timestamp, key, value }: LogRecord): string {
  const text = Buffer.from(value).toString('utf8').replace(/\s+/g, ' ');
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return `${colours.dim(`${new Date(timestamp).toISOString()}  ${partition}:${offset}`)}  ${colours.bold(key ?? '-')}  ${shown}`;
}

function valueOf(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
