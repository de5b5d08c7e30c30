import { Ajv2020 } from 'ajv/dist/2020.js';
import { EVENTS } from './events.js';
import { jsonSchemaOf } from './json-schema.js';

const ajv = new Ajv2020({ allowUnionTypes: true });
const cases = EVENTS.map((event) => ({ type: event.type, event, schema: jsonSchemaOf(event), accepts: ajv.compile(jsonSchemaOf(event)) }));

describe('the JSON Schema of an event', () => {
  test.each(cases)('$type: zod and JSON Schema accept every example', ({ event, accepts }) => {
    expect(event.examples.length).toBeGreaterThan(0);
    for (const example of event.examples) {
      expect(event.schema.safeParse(example).error?.issues ?? []).toEqual([]);
      accepts(example);
      expect(accepts.errors ?? []).toEqual([]);
    }
  });

  test.each(cases)('$type: a field that nobody knows is passed over', ({ event, accepts }) => {
    const example = { ...(event.examples[0] as object), 'never heard of': 1 };
    expect([event.schema.safeParse(example).success, accepts(example)]).toEqual([true, true]);
  });

  test.each(cases)('$type: zod and JSON Schema agree on values with one field gone, null or of another kind', ({ event, accepts }) => {
    const example = event.examples[0];
    const broken = Object.keys(example as object).flatMap((name) => [
      JSON.parse(JSON.stringify({ ...(example as object), [name]: undefined })),
      ...[null, [], {}, -1, 0.5, '', 'word'].map((value) => ({ ...(example as object), [name]: value })),
    ]);
    expect(broken.map((value) => accepts(value))).toEqual(broken.map((value) => event.schema.safeParse(value).success));
    expect(broken.some((value) => !accepts(value))).toBe(true);
  });

  test.each(cases)('$type: it says what it is', ({ schema, type, event }) => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:math-labeler:event:${type}`,
      title: type,
      description: event.description,
      type: 'object',
      examples: event.examples,
    });
  });
});
