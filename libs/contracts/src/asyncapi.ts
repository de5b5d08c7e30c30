import { headersOf } from './cloud-events.js';
import { deadLetterTopic, type EventContract, type Service, type TopicSettings } from './event.js';
import { derivedId } from './ids.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';

/** A JSON object; what is undefined is left out of the document. */
type Json = Readonly<Record<string, unknown>>;

const KAFKA_BINDING = '0.5.0';
const DEAD_LETTER = 'dead-letter';

/** The AsyncAPI 3.0 document of all topics, what goes through them, and which service sends and receives it. */
export function asyncApiOf(events: readonly EventContract[], version: string): Json {
  return {
    asyncapi: '3.0.0',
    id: 'urn:math-labeler',
    info: {
      title: 'Math Labeler',
      version,
      description:
        'Events on the way of a problem to its place in the Korean elementary mathematics curriculum. A record is keyed by the problem, its value is the plain JSON of the fact, and its headers are the attributes of CloudEvents 1.0. ' +
        'Objects are open: readers pass over fields that they do not know. Delivery is at least once; an event told again has the same id.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(events.flatMap((event) => [channelOf(event), deadLetterChannelOf(event)])),
    operations: Object.fromEntries(events.flatMap(operationsOf)),
    components: { messages: { ...Object.fromEntries(events.map((event) => [event.type, messageOf(event)])), [DEAD_LETTER]: deadLetter } },
  };
}

function channelOf(event: EventContract): [string, Json] {
  const { type, topic, description } = event;
  return [topic.name, { address: topic.name, description, messages: { [type]: { $ref: `#/components/messages/${type}` } }, bindings: topicBinding(topic) }];
}

function deadLetterChannelOf(event: EventContract): [string, Json] {
  const topic = deadLetterTopic(event);
  return [
    topic.name,
    {
      address: topic.name,
      description: `What could not be handled of ${event.topic.name}.`,
      messages: { [DEAD_LETTER]: { $ref: `#/components/messages/${DEAD_LETTER}` } },
      bindings: topicBinding(topic),
    },
  ];
}

function topicBinding({ partitions, retentionHours }: TopicSettings): Json {
  const topicConfiguration = { 'cleanup.policy': ['delete'], 'retention.ms': retentionHours * 3_600_000 };
  return { kafka: { partitions, topicConfiguration, bindingVersion: KAFKA_BINDING } };
}

function messageOf(event: EventContract): Json {
  const { type, description, examples, isInput, producers } = event;
  // What a payload must not or need not say here: it stands in the middle of another document.
  const payload = { ...jsonSchemaOf(event), $schema: undefined, $id: undefined, examples: undefined };
  return {
    name: type,
    title: type,
    summary: description,
    contentType: 'application/json',
    headers: isInput ? inputHeaders : headers,
    correlationId: { location: '$message.header#/ce_correlationid', description: 'Id of the event that the whole chain began with' },
    payload,
    examples: examples.map((value) => ({ ...(isInput || producers.length === 0 ? {} : { headers: exampleHeaders(type, producers[0]) }), payload: value })),
    bindings: { kafka: { key: { type: 'string', description: 'What the event is about: events of one key keep their order' }, bindingVersion: KAFKA_BINDING } },
  };
}

/** Who sends and receives an event; whoever receives it sends what it cannot handle to the dead letters. */
function operationsOf(event: EventContract): [string, Json][] {
  const dead = deadLetterTopic(event).name;
  return [
    ...event.producers.map((service) => operation({ service, action: 'send', topic: event.topic.name, message: event.type, summary: `${service} tells: ${event.description}` })),
    ...event.consumers.map((service) => operation({ service, action: 'receive', topic: event.topic.name, message: event.type, summary: `${service} acts on: ${event.description}` })),
    ...event.consumers.map((service) => operation({ service, action: 'send', topic: dead, message: DEAD_LETTER, summary: `${service} puts aside what it cannot handle.` })),
  ];
}

interface Operation {
  readonly service: Service;
  readonly action: 'send' | 'receive';
  readonly topic: string;
  readonly message: string;
  readonly summary: string;
}

function operation({ service, action, topic, message, summary }: Operation): [string, Json] {
  const channel = `#/channels/${topic}`;
  const group = { kafka: { groupId: { type: 'string', enum: [service] }, bindingVersion: KAFKA_BINDING } };
  return [
    `${service}-${action}s-${topic}`,
    { action, summary, channel: { $ref: channel }, messages: [{ $ref: `${channel}/messages/${message}` }], ...(action === 'receive' ? { bindings: group } : {}) },
  ];
}

const text = (description: string): JsonSchema => ({ type: 'string', description });

const attributes = {
  ce_specversion: { type: 'string', const: '1.0' },
  ce_id: text('Derived from the causing event and the type: the same event told again has the same id'),
  ce_type: text('Name of the event'),
  ce_source: text('The service that told it'),
  ce_time: text('When it was told: RFC 3339, UTC'),
  ce_correlationid: text('Id of the event that the whole chain began with'),
  ce_causationid: text('Id of the event that this one follows from; absent from the first of a chain'),
  ce_trail: text('The chain so far, without this event: type@time, separated by commas; absent from the first of a chain'),
  'content-type': text('application/json'),
} as const;

const headers: JsonSchema = {
  type: 'object',
  properties: attributes,
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'ce_correlationid', 'content-type'],
};

const inputHeaders: JsonSchema = {
  type: 'object',
  description:
    'Each may be absent, as from a console producer: the id is then derived from topic, partition and offset, the time is the record’s, the type the topic’s, the source `outside`, and the chain begins here.',
  properties: { ...attributes, ce_id: text('Derived from topic, partition and offset where absent'), ce_source: text('What the producer calls itself') },
};

const deadLetter: Json = {
  name: DEAD_LETTER,
  title: 'Dead letter',
  summary: 'A record that could not be handled: its own bytes, key and headers, and what happened.',
  contentType: 'application/octet-stream',
  headers: {
    type: 'object',
    properties: {
      ml_dead_service: text('The service that could not handle it'),
      ml_dead_code: text('Stable, safe to match on'),
      ml_dead_reason: text('Why'),
      ml_dead_stack: text('Of a bug'),
      ml_dead_tries: text('How often it was tried'),
      ml_dead_at: text('When: RFC 3339, UTC'),
      ml_dead_topic: text('Where it stood'),
      ml_dead_partition: text('Where it stood'),
      ml_dead_offset: text('Where it stood'),
    },
    required: ['ml_dead_service', 'ml_dead_code', 'ml_dead_reason', 'ml_dead_tries', 'ml_dead_at', 'ml_dead_topic', 'ml_dead_partition', 'ml_dead_offset'],
  },
  payload: { description: 'The bytes as they came, which may be no JSON at all' },
};

/** The headers of the second event of a chain. */
function exampleHeaders(type: string, source: Service): Json {
  const first = derivedId('example');
  return headersOf({ id: derivedId(first, type), type, source, time: '2026-03-02T00:00:01.000Z', correlationId: first, causationId: first, trail: [], data: undefined });
}
