import { type Event, type TrailStep } from './event.js';

export type Headers = Readonly<Record<string, string>>;

/**
 * An event's attributes as record headers, in the binary mode of the CloudEvents 1.0 Kafka binding
 * (cloudevents/spec, kafka-protocol-binding.md); the value is the plain JSON of the data.
 */
export function headersOf({ id, type, source, time, correlationId, causationId, trail }: Event): Headers {
  return {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: source,
    ce_time: time,
    ce_correlationid: correlationId,
    ...(causationId === undefined ? {} : { ce_causationid: causationId }),
    ...(trail.length === 0 ? {} : { ce_trail: trail.map(({ type: step, time: at }) => `${step}@${at}`).join(',') }),
    'content-type': 'application/json',
  };
}

/** Attributes that a record lacks, as one from a console producer does. */
export interface Missing {
  readonly id: string;
  readonly type: string;
  readonly time: string;
}

/**
 * The attributes that record headers hold; `missing` stands in for what they do not hold, and for a type or time that is none. Anybody may
 * have written the headers of an input topic, and both end up in the trail, whose separators they must therefore not contain.
 */
export function attributesOf(headers: Headers, missing: Missing): Omit<Event, 'data'> {
  // An empty header counts as none: ids that are derived from it would be the same for all such events.
  const id = headers['ce_id'] || missing.id;
  const causationId = headers['ce_causationid'];
  return {
    id,
    type: typeOf(headers['ce_type']) ?? missing.type,
    source: headers['ce_source'] || 'outside',
    time: timeOf(headers['ce_time']) ?? missing.time,
    correlationId: headers['ce_correlationid'] || id,
    ...(causationId ? { causationId } : {}),
    trail: trailOf(headers['ce_trail']),
  };
}

function trailOf(written: string | undefined): TrailStep[] {
  if (!written) return [];
  return written.split(',').flatMap((step) => {
    const at = step.lastIndexOf('@');
    const [type, time] = [typeOf(step.slice(0, Math.max(at, 0))), timeOf(step.slice(at + 1))];
    return type === undefined || time === undefined ? [] : [{ type, time }];
  });
}

function typeOf(written: string | undefined): string | undefined {
  return written !== undefined && /^[\w.-]+$/.test(written) ? written : undefined;
}

// Checked without Date, which takes longer than everything else here: a record on its way has some five times.
const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?`;
const UTC = new RegExp(`^${DAY}T${CLOCK}Z$`);
const WITH_OFFSET = new RegExp(String.raw`^${DAY}T${CLOCK}[+-](?:[01]\d|2[0-3]):[0-5]\d$`);

/** An RFC 3339 time, in UTC. */
function timeOf(written: string | undefined): string | undefined {
  if (written === undefined || UTC.test(written)) return written;
  return WITH_OFFSET.test(written) ? new Date(written).toISOString() : undefined;
}
