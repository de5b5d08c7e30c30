import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { defineEvent } from './event.js';
import { EVENTS } from './events.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';
import { incompatibilitiesWith } from './release.js';

const folder = new URL('../released/', import.meta.url);
const releases = readdirSync(folder)
  .map(Number)
  .sort((a, b) => a - b)
  .map((number) => ({ number, schemas: readdirSync(new URL(`${number}/`, folder)).map((name) => JSON.parse(readFileSync(new URL(`${number}/${name}`, folder), 'utf8')) as JsonSchema) }));

/** Whether all examples of one schema are valid under the other. */
function refused(examples: JsonSchema, schema: JsonSchema): readonly unknown[] {
  const accepts = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  return (examples.examples ?? []).filter((example) => !accepts(example));
}

describe('the contracts of now and those that were released', () => {
  test('releases are numbered from 1 without a gap', () => {
    expect(releases.map(({ number }) => number)).toEqual(releases.map((_, index) => index + 1));
    expect(releases.length).toBeGreaterThan(0);
  });

  test.each(releases)('who lives by release $number understands the events of now, and is understood', ({ schemas }) => {
    expect(schemas.length).toBeGreaterThan(0);
    expect(incompatibilitiesWith(schemas, EVENTS)).toEqual([]);
  });

  test.each(releases)('the examples of release $number and of now are valid under each other', ({ schemas }) => {
    for (const released of schemas) {
      const current = EVENTS.filter(({ type }) => type === released.title).map(jsonSchemaOf);
      expect(current.flatMap((schema) => [...refused(released, schema), ...refused(schema, released)])).toEqual([]);
      expect(released.examples?.length).toBeGreaterThan(0);
    }
  });
});

describe('a release', () => {
  const event = (schema: z.ZodType) => defineEvent({ type: 'example.told.v1', description: 'An example.', schema, key: () => 'x', examples: [], consumers: [] });
  const released = [jsonSchemaOf(event(z.object({ id: z.string() })))];

  test('is kept by an event that grows by a field', () => {
    expect(incompatibilitiesWith(released, [event(z.object({ id: z.string(), note: z.string().optional() }))])).toEqual([]);
  });

  test('is broken by an event that demands a field, and by one that is gone', () => {
    expect(incompatibilitiesWith(released, [event(z.object({ id: z.string(), note: z.string() }))])).toEqual([
      'example.told.v1: note: old producers may leave it out, new readers require it',
    ]);
    expect(incompatibilitiesWith(released, [])).toEqual(['example.told.v1: is gone, and others may still send or wait for it']);
  });
});
