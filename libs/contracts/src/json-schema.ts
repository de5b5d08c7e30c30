import { z } from 'zod';
import { type EventContract } from './event.js';

/** A JSON Schema as plain JSON, in the part of draft 2020-12 that the contracts use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly examples?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

/** The JSON Schema 2020-12 of what an event's producer must send, self-contained; its objects are open, as a reader passes over fields it does not know. */
export function jsonSchemaOf({ type, description, schema, examples }: EventContract): JsonSchema {
  const { $schema, ...keywords } = z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema }) => dropEmptyKeywords(jsonSchema) });
  return { $schema, $id: `urn:math-labeler:event:${type}`, title: type, ...keywords, description, examples } as JsonSchema;
}

/** Every name in JSON is a string: zod says so of each record. */
function dropEmptyKeywords(schema: { propertyNames?: unknown }): void {
  if (JSON.stringify(schema.propertyNames) === '{"type":"string"}') delete schema.propertyNames;
}
