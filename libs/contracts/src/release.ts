import { incompatibilities } from './compatibility.js';
import { type EventContract } from './event.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';

/** Why the events of now would break who lives by the schemas of a release, one sentence per place; an event is known by the schema's title. */
export function incompatibilitiesWith(released: readonly JsonSchema[], events: readonly EventContract[]): string[] {
  const current = new Map(events.map((event) => [event.type, event]));
  return released.flatMap((schema) => {
    const event = current.get(String(schema.title));
    if (event === undefined) return [`${String(schema.title)}: is gone, and others may still send or wait for it`];
    return incompatibilities(schema, jsonSchemaOf(event)).map((why) => `${event.type}: ${why}`);
  });
}
