import { type JsonSchema } from './json-schema.js';

/**
 * Why a changed schema would break somebody, one sentence per place; none when old producers are understood by new readers and new producers by
 * old readers. A producer sends only the fields that its schema names, and a reader passes over those that its schema does not: without the first
 * half no field could ever be added, as an open schema lets its producers send anything under any name. What cannot be decided is reported too.
 */
export function incompatibilities(released: JsonSchema, current: JsonSchema): string[] {
  return [
    ...gaps({ written: released, read: current, path: '', producers: 'old producers', readers: 'new readers' }),
    ...gaps({ written: current, read: released, path: '', producers: 'new producers', readers: 'old readers' }),
  ];
}

/** One place in two schemas: what may be written there, and what is understood. */
interface Place {
  readonly written: JsonSchema;
  readonly read: JsonSchema;
  readonly path: string;
  readonly producers: string;
  readonly readers: string;
}

const ANNOTATIONS = ['$schema', '$id', 'title', 'description', 'examples'];
const COMPARED = [
  'type', 'enum', 'const', 'pattern', 'minimum', 'exclusiveMinimum', 'maximum', 'minLength', 'minItems', 'items', 'properties', 'required', 'additionalProperties',
];
const UNDERSTOOD = new Set([...ANNOTATIONS, ...COMPARED]);
const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** What `written` allows and `read` refuses; a keyword concerns the values of its type only. */
function gaps(place: Place): string[] {
  const unknown = [...new Set([...Object.keys(place.written), ...Object.keys(place.read)])].filter((keyword) => !UNDERSTOOD.has(keyword));
  if (unknown.length > 0) return unknown.map((keyword) => say(place, `cannot be compared, as it uses \`${keyword}\``));
  const types = typesOf(place.written);
  return [
    ...typeGaps(place),
    ...valueGaps(place),
    ...(types.some((type) => type === 'number' || type === 'integer') ? [...lowestGaps(place), ...highestGaps(place)] : []),
    ...(types.includes('string') ? [...patternGaps(place), ...sizeGaps(place, 'minLength')] : []),
    ...(types.includes('array') ? [...sizeGaps(place, 'minItems'), ...itemGaps(place)] : []),
    ...(types.includes('object') ? [...requiredGaps(place), ...fieldGaps(place)] : []),
  ];
}

function typeGaps(place: Place): string[] {
  const understood = typesOf(place.read);
  const refused = typesOf(place.written).filter((type) => !understood.includes(type) && !(type === 'integer' && understood.includes('number')));
  return refused.map((type) => say(place, `${place.producers} may send a value of type ${type}, ${place.readers} refuse it`));
}

function valueGaps(place: Place): string[] {
  const understood = valuesOf(place.read);
  if (understood === undefined) return [];
  const written = valuesOf(place.written);
  if (written === undefined) return [say(place, `${place.producers} may send any value, ${place.readers} take only ${understood.join(', ')}`)];
  const refused = written.filter((value) => !understood.includes(value));
  return refused.map((value) => say(place, `${place.producers} may send ${value}, ${place.readers} refuse it`));
}

function lowestGaps(place: Place): string[] {
  const [written, read] = [lowest(place.written), lowest(place.read)];
  const refused = read.value > written.value || (read.value === written.value && read.isExcluded && !written.isExcluded);
  return refused ? [say(place, `${place.producers} may go down to ${limit(written)}, ${place.readers} to ${limit(read)}`)] : [];
}

function highestGaps(place: Place): string[] {
  const [written, read] = [place.written.maximum ?? Infinity, place.read.maximum ?? Infinity];
  return read < written ? [say(place, `${place.producers} may go up to ${written}, ${place.readers} to ${read}`)] : [];
}

function sizeGaps(place: Place, keyword: 'minLength' | 'minItems'): string[] {
  const [written, read] = [place.written[keyword] ?? 0, place.read[keyword] ?? 0];
  return read > written ? [say(place, `${place.producers} keep \`${keyword}\` ${written}, ${place.readers} need ${read}`)] : [];
}

/** Whether one expression matches less than another is not decided: a changed one is reported in both directions. */
function patternGaps(place: Place): string[] {
  const { pattern } = place.read;
  if (pattern === undefined || pattern === place.written.pattern) return [];
  return [say(place, `${place.producers} may send what does not match ${pattern}, ${place.readers} refuse it`)];
}

function itemGaps(place: Place): string[] {
  return place.read.items === undefined ? [] : gaps({ ...place, written: place.written.items ?? {}, read: place.read.items, path: `${place.path}[]` });
}

function requiredGaps(place: Place): string[] {
  const always = place.written.required ?? [];
  const missed = (place.read.required ?? []).filter((name) => !always.includes(name));
  return missed.map((name) => say(inside(place, name), `${place.producers} may leave it out, ${place.readers} require it`));
}

function fieldGaps(place: Place): string[] {
  const [written, read] = [place.written.properties ?? {}, place.read.properties ?? {}];
  const named = Object.entries(written).flatMap(([name, schema]) => fieldGap(inside(place, name), schema, read[name] ?? place.read.additionalProperties));
  // A record's producers choose the names: one may be a name that readers have a schema for.
  const others = place.written.additionalProperties;
  if (others === undefined || others === false) return named;
  const chosen = Object.keys(read).filter((name) => !Object.hasOwn(written, name));
  return [
    ...named,
    ...chosen.flatMap((name) => fieldGap(inside(place, name), others, read[name])),
    ...fieldGap(inside(place, '*'), others, place.read.additionalProperties),
  ];
}

function fieldGap(place: Place, written: JsonSchema | boolean, read: JsonSchema | boolean | undefined): string[] {
  if (read === undefined || read === true) return [];
  if (read === false) return [say(place, `${place.producers} may send it, ${place.readers} refuse it`)];
  return gaps({ ...place, written: typeof written === 'boolean' ? {} : written, read });
}

const inside = (place: Place, name: string): Place => ({ ...place, path: place.path === '' ? name : `${place.path}.${name}` });
const say = ({ path }: Place, why: string) => `${path === '' ? 'the value' : path}: ${why}`;

function typesOf({ type }: JsonSchema): readonly string[] {
  if (type === undefined) return TYPES;
  return typeof type === 'string' ? [type] : type;
}

/** As JSON, to compare and to show. */
function valuesOf(schema: JsonSchema): string[] | undefined {
  return (schema.enum ?? (schema.const === undefined ? undefined : [schema.const]))?.map((value) => JSON.stringify(value));
}

interface Lowest {
  readonly value: number;
  readonly isExcluded: boolean;
}

function lowest({ type, minimum = -Infinity, exclusiveMinimum = -Infinity }: JsonSchema): Lowest {
  if (exclusiveMinimum < minimum || exclusiveMinimum === -Infinity) return { value: minimum, isExcluded: false };
  // The integers above 0 are those from 1: `positive()` and `min(1)` say the same.
  return type === 'integer' ? { value: Math.floor(exclusiveMinimum) + 1, isExcluded: false } : { value: exclusiveMinimum, isExcluded: true };
}

const limit = ({ value, isExcluded }: Lowest) => (isExcluded ? `above ${value}` : String(value));
