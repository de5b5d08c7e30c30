import { Ajv2020 } from 'ajv/dist/2020.js';
import { asyncApiOf } from './asyncapi.js';
import { EVENTS } from './events.js';
import { type JsonSchema } from './json-schema.js';

interface Message {
  readonly headers: JsonSchema;
  readonly payload: JsonSchema;
  readonly examples?: readonly { readonly headers?: object; readonly payload: unknown }[];
}

interface Document {
  readonly channels: Readonly<Record<string, { readonly address: string; readonly bindings: { readonly kafka: object } }>>;
  readonly operations: Readonly<Record<string, { readonly action: string; readonly summary: string }>>;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
}

const document = JSON.parse(JSON.stringify(asyncApiOf(EVENTS, '1.2.3'))) as Document;
const { channels, operations, components } = document;
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });

/** What the parser leaves unchecked in version 3: that examples are what their schemas say. */
describe('the AsyncAPI document', () => {
  const withExamples = Object.entries(components.messages).filter(([, { examples }]) => examples !== undefined);

  test.each(withExamples)('the examples of %s are valid, headers and payload', (_, { headers, payload, examples }) => {
    const [checkHeaders, checkPayload] = [ajv.compile(headers), ajv.compile(payload)];
    for (const example of examples ?? []) {
      checkPayload(example.payload);
      expect(checkPayload.errors ?? []).toEqual([]);
      if (example.headers === undefined) continue;
      checkHeaders(example.headers);
      expect(checkHeaders.errors ?? []).toEqual([]);
    }
  });

  test('every event with its headers is shown, but for inputs, which need none, and what nobody tells yet', () => {
    const bare = withExamples.filter(([, { examples = [] }]) => examples.every(({ headers }) => headers === undefined)).map(([type]) => type);
    expect(bare).toEqual(EVENTS.filter(({ isInput, producers }) => isInput || producers.length === 0).map(({ type }) => type));
  });

  test('an input needs no header, every other event the CloudEvents attributes', () => {
    expect(components.messages['problem.submitted.v1'].headers.required).toBeUndefined();
    // CloudEvents 1.0: id, source, specversion and type are required.
    expect(components.messages['problem.ingested.v1'].headers.required).toEqual(expect.arrayContaining(['ce_id', 'ce_source', 'ce_specversion', 'ce_type']));
  });

  test('every topic and its dead letters are a channel, spread and retained as the topic is', () => {
    expect(Object.keys(channels)).toEqual(EVENTS.flatMap(({ type }) => [type, `${type}.dlq`]));
    expect(channels['problem.labeled.v1'].bindings).toEqual({
      kafka: { partitions: 8, topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': 2_592_000_000 }, bindingVersion: '0.5.0' },
    });
    expect(channels['problem.labeled.v1.dlq'].bindings).toEqual({
      kafka: { partitions: 8, topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': 2_419_200_000 }, bindingVersion: '0.5.0' },
    });
  });

  test('the operations tell the way of a problem', () => {
    const labeling = Object.entries(operations).filter(([name]) => name.startsWith('labeling-'));
    expect(labeling.map(([name, { action }]) => [name, action])).toEqual([
      ['labeling-receives-evidence.retrieved.v1', 'receive'],
      ['labeling-sends-evidence.retrieved.v1.dlq', 'send'],
      ['labeling-sends-label.proposed.v1', 'send'],
      ['labeling-receives-label.disputed.v1', 'receive'],
      ['labeling-sends-label.disputed.v1.dlq', 'send'],
    ]);
  });
});
