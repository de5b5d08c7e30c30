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

/** The attributes that record headers hold; what they do not hold comes from `missing`. */
export function attributesOf(headers: Headers, missing: Missing): Omit<Event, 'data'> {
  const id = headers['ce_id'] ?? missing.id;
  const causationId = headers['ce_causationid'];
  return {
    id,
    type: headers['ce_type'] ?? missing.type,
    source: headers['ce_source'] ?? 'outside',
    time: headers['ce_time'] ?? missing.time,
    correlationId: headers['ce_correlationid'] ?? id,
    ...(causationId === undefined ? {} : { causationId }),
    trail: trailOf(headers['ce_trail']),
  };
}

function trailOf(written: string | undefined): TrailStep[] {
  if (written === undefined || written === '') return [];
  return written.split(',').flatMap((step) => {
    const at = step.lastIndexOf('@');
    return at < 0 ? [] : [{ type: step.slice(0, at), time: step.slice(at + 1) }];
  });
}
