import { type z } from 'zod';
import { derivedId } from './ids.js';

/** The services that tell and read events: a contract names those that must have a handler for it. */
export const SERVICES = ['ingestion', 'retrieval', 'labeling', 'confidence-agent', 'feedback', 'gateway'] as const;
export type Service = (typeof SERVICES)[number];

/** One step of a problem's way: the event that told of it, and when. */
export interface TrailStep {
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** A fact that has been told. The attributes are those of CloudEvents 1.0 with its `correlationid` and `causationid` extensions. */
export interface Event<Data = unknown> {
  readonly id: string;
  /** `problem.ingested.v1`, the name of its topic as well. */
  readonly type: string;
  /** The service that told it, or what an outside producer calls itself. */
  readonly source: string;
  /** When it was told: ISO 8601, UTC. */
  readonly time: string;
  /** Id of the event that the whole chain began with. */
  readonly correlationId: string;
  /** Id of the event that this one follows from. */
  readonly causationId?: string;
  /** The chain so far, without this event. */
  readonly trail: readonly TrailStep[];
  readonly data: Data;
}

/** What a handler returns: an event but for who tells it and when, which the delivery adds. */
export type NewEvent<Data = unknown> = Omit<Event<Data>, 'source' | 'time'> & { readonly contract: EventContract<Data> };

/** How retained and how spread the records of a topic are. */
export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
  readonly retentionHours: number;
  /** Whether of each key the last record alone need be kept. */
  readonly isCompacted?: boolean;
}

export interface EventDefinition<Data> {
  readonly type: string;
  /** One sentence: the fact that it tells. */
  readonly description: string;
  /** What a producer must send. */
  readonly schema: z.ZodType<Data>;
  /** The problem that it is about: events of one key keep their order. Undefined where the producer named none. */
  key(data: Data): string | undefined;
  /** Valid values, that serve as documentation and as fixtures. */
  readonly examples: readonly Data[];
  /** The services that tell it; outside producers come on top where it is an input. */
  readonly producers?: readonly Service[];
  /** The services that act on it. */
  readonly consumers: readonly Service[];
  /** Whether outside producers may tell it, in a bare JSON value too. Its reader then checks the value itself, to reject it with a reason. */
  readonly isInput?: boolean;
  /** Whether the services alone read it. */
  readonly isInternal?: boolean;
  readonly retentionHours?: number;
  /** Whether the latest one of a key tells all that matters of it. */
  readonly isLatestState?: boolean;
}

/** An event type as code uses it: `ProblemIngested.from(cause, data)` makes one, a handler's `@Consumes(ProblemIngested)` reads it. */
export interface EventContract<Data = unknown> extends EventDefinition<Data> {
  readonly topic: TopicSettings;
  readonly producers: readonly Service[];
  readonly isInput: boolean;
  readonly isInternal: boolean;
  /** The event that follows from another; told again from the same cause, it has the same id. */
  from(cause: Event, data: Data): NewEvent<Data>;
  /** The first event of a chain. */
  first(id: string, data: Data): NewEvent<Data>;
}

/** The event that a contract describes, as a type. */
export type EventOf<Contract> = Contract extends EventContract<infer Data> ? Event<Data> : never;

const PARTITIONS = 8;
const RETENTION_HOURS = 7 * 24;
/** As long as a service may be down without losing anything, where a log deletes what nobody has read. */
const INTERNAL_HOURS = 72;

export function defineEvent<Data>(definition: EventDefinition<Data>): EventContract<Data> {
  const contract: EventContract<Data> = {
    ...definition,
    producers: definition.producers ?? [],
    isInput: definition.isInput ?? false,
    isInternal: definition.isInternal ?? false,
    topic: {
      name: definition.type,
      partitions: PARTITIONS,
      retentionHours: definition.retentionHours ?? (definition.isInternal ? INTERNAL_HOURS : RETENTION_HOURS),
      ...(definition.isLatestState ? { isCompacted: true } : {}),
    },
    from: (cause, data) => ({
      contract,
      id: derivedId(cause.id, definition.type),
      type: definition.type,
      correlationId: cause.correlationId,
      causationId: cause.id,
      trail: [...cause.trail, { type: cause.type, time: cause.time }],
      data,
    }),
    first: (id, data) => ({ contract, id, type: definition.type, correlationId: id, trail: [], data }),
  };
  return contract;
}

const DEAD_LETTERS = '.dlq';

/** Name of the topic that keeps what could not be handled of another. */
export function deadLetterNameOf(topic: string): string {
  return `${topic}${DEAD_LETTERS}`;
}

/** The topic that keeps what could not be handled. */
export function deadLetterTopic({ topic: { isCompacted: _, ...topic } }: EventContract): TopicSettings {
  return { ...topic, name: deadLetterNameOf(topic.name), retentionHours: 4 * RETENTION_HOURS };
}

/** The topic that a dead letter came from; undefined for a topic of another kind. */
export function originOf(topic: string): string | undefined {
  return topic.endsWith(DEAD_LETTERS) ? topic.slice(0, -DEAD_LETTERS.length) : undefined;
}
