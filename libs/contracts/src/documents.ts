import { asyncApiOf } from './asyncapi.js';
import { type EventContract } from './event.js';
import { jsonSchemaOf } from './json-schema.js';

/** The contracts as files for readers in any language: path within this library → content. `version` is the product's. */
export function documentsOf(events: readonly EventContract[], version: string): ReadonlyMap<string, string> {
  return new Map([
    ...events.map((event): [string, string] => [`schemas/${event.type}.json`, written(jsonSchemaOf(event))]),
    ['asyncapi.json', written(asyncApiOf(events, version))],
  ]);
}

const written = (document: object) => `${JSON.stringify(document, null, 2)}\n`;
