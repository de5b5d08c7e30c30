import { Ajv2020 } from 'ajv/dist/2020.js';
import { incompatibilities } from './compatibility.js';
import { type JsonSchema } from './json-schema.js';

interface Case {
  readonly name: string;
  readonly released: JsonSchema;
  readonly current: JsonSchema;
  readonly says?: readonly string[];
  /** The values that prove it: an old producer's, which new readers refuse, and a new producer's, which old readers refuse. */
  readonly old?: unknown;
  readonly new?: unknown;
}

const record = (properties: Record<string, JsonSchema>, ...required: string[]): JsonSchema => ({ type: 'object', properties, required });
const text: JsonSchema = { type: 'string' };
const number: JsonSchema = { type: 'number' };
const field = (schema: JsonSchema) => record({ x: schema });

const harmless: readonly Case[] = [
  { name: 'nothing', released: record({ a: { type: 'string', pattern: '^a', minLength: 1 } }, 'a'), current: record({ a: { type: 'string', pattern: '^a', minLength: 1 } }, 'a') },
  { name: 'another description, title and examples', released: { ...text, description: 'one', examples: ['a'] }, current: { ...text, title: 'two' } },
  { name: 'a new optional field', released: record({ a: text }, 'a'), current: record({ a: text, b: number }, 'a') },
  { name: 'an optional field that is gone', released: record({ a: text, b: number }, 'a'), current: record({ a: text }, 'a') },
  { name: 'a new optional field within a field', released: field(record({ a: text })), current: field(record({ a: text, b: text })) },
  { name: 'another order', released: { type: ['string', 'number'], enum: ['a', 1] }, current: { type: ['number', 'string'], enum: [1, 'a'] } },
  { name: 'a constant written as a choice of one', released: { type: 'boolean', const: true }, current: { type: 'boolean', enum: [true] } },
  { name: 'above 0 written as from 1, of integers', released: { type: 'integer', exclusiveMinimum: 0 }, current: { type: 'integer', minimum: 1 } },
  { name: 'anything staying anything', released: record({ x: {} }, 'x'), current: record({ x: {} }, 'x') },
  { name: 'nothing, of a map with one field of its own type', released: { ...record({ a: text }), additionalProperties: number }, current: { ...record({ a: text }), additionalProperties: number } },
  { name: 'a bound on values of a type that never occurs', released: text, current: { ...text, minimum: 3, minItems: 2 } },
];

const harmful: readonly Case[] = [
  {
    name: 'a new required field', released: record({ a: text }, 'a'), current: record({ a: text, b: number }, 'a', 'b'),
    says: ['b: old producers may leave it out, new readers require it'], old: { a: '' },
  },
  {
    name: 'a required field that is gone', released: record({ a: text, b: number }, 'a', 'b'), current: record({ a: text }, 'a'),
    says: ['b: new producers may leave it out, old readers require it'], new: { a: '' },
  },
  {
    name: 'an optional field becoming required', released: record({ a: text }), current: record({ a: text }, 'a'),
    says: ['a: old producers may leave it out, new readers require it'], old: {},
  },
  {
    name: 'a required field becoming optional', released: record({ a: text }, 'a'), current: record({ a: text }),
    says: ['a: new producers may leave it out, old readers require it'], new: {},
  },
  {
    name: 'a renamed field', released: record({ a: text }, 'a'), current: record({ b: text }, 'b'),
    says: ['b: old producers may leave it out, new readers require it', 'a: new producers may leave it out, old readers require it'], old: { a: '' }, new: { b: '' },
  },
  {
    name: 'another type', released: field(text), current: field(number),
    says: ['x: old producers may send a value of type string, new readers refuse it', 'x: new producers may send a value of type number, old readers refuse it'], old: { x: 'a' }, new: { x: 1 },
  },
  {
    name: 'a type more', released: field(text), current: field({ type: ['string', 'number'] }),
    says: ['x: new producers may send a value of type number, old readers refuse it'], new: { x: 1 },
  },
  {
    name: 'integers becoming numbers', released: field({ type: 'integer' }), current: field(number),
    says: ['x: new producers may send a value of type number, old readers refuse it'], new: { x: 0.5 },
  },
  {
    name: 'anything becoming text', released: field({}), current: field(text),
    says: ['null', 'boolean', 'number', 'array', 'object'].map((type) => `x: old producers may send a value of type ${type}, new readers refuse it`), old: { x: null },
  },
  {
    name: 'a choice more', released: { type: 'string', enum: ['A', 'B'] }, current: { type: 'string', enum: ['A', 'B', 'C'] },
    says: ['the value: new producers may send "C", old readers refuse it'], new: 'C',
  },
  {
    name: 'a choice less', released: { type: 'string', enum: ['A', 'B'] }, current: { type: 'string', enum: ['A'] },
    says: ['the value: old producers may send "B", new readers refuse it'], old: 'B',
  },
  {
    name: 'a choice becoming free text', released: { type: 'string', enum: ['A'] }, current: text,
    says: ['the value: new producers may send any value, old readers take only "A"'], new: 'x',
  },
  {
    name: 'another constant', released: { type: 'boolean', const: true }, current: { type: 'boolean', const: false },
    says: ['the value: old producers may send true, new readers refuse it', 'the value: new producers may send false, old readers refuse it'], old: true, new: false,
  },
  {
    name: 'a higher lower bound', released: { type: 'number', minimum: 0 }, current: { type: 'number', minimum: 1 },
    says: ['the value: old producers may go down to 0, new readers to 1'], old: 0,
  },
  {
    name: 'a lower bound that is gone', released: { type: 'number', minimum: 0 }, current: number,
    says: ['the value: new producers may go down to -Infinity, old readers to 0'], new: -1,
  },
  {
    name: 'a lower bound that no longer belongs to the values', released: { type: 'number', minimum: 0 }, current: { type: 'number', exclusiveMinimum: 0 },
    says: ['the value: old producers may go down to 0, new readers to above 0'], old: 0,
  },
  {
    name: 'two lower bounds, of which the higher counts', released: { type: 'number', exclusiveMinimum: 5 }, current: { type: 'number', exclusiveMinimum: 5, minimum: 6 },
    says: ['the value: old producers may go down to above 5, new readers to 6'], old: 5.5,
  },
  {
    name: 'a higher upper bound', released: { type: 'integer', maximum: 1 }, current: { type: 'integer', maximum: 2 },
    says: ['the value: new producers may go up to 2, old readers to 1'], new: 2,
  },
  {
    name: 'a new upper bound', released: { type: 'integer' }, current: { type: 'integer', maximum: 2 },
    says: ['the value: old producers may go up to Infinity, new readers to 2'], old: 3,
  },
  {
    name: 'text that must not be empty any more', released: text, current: { type: 'string', minLength: 1 },
    says: ['the value: old producers keep `minLength` 0, new readers need 1'], old: '',
  },
  {
    name: 'a shorter list', released: { type: 'array', items: text, minItems: 2 }, current: { type: 'array', items: text, minItems: 1 },
    says: ['the value: new producers keep `minItems` 1, old readers need 2'], new: [''],
  },
  {
    name: 'another pattern', released: { type: 'string', pattern: '^a' }, current: { type: 'string', pattern: '^b' },
    says: ['the value: old producers may send what does not match ^b, new readers refuse it', 'the value: new producers may send what does not match ^a, old readers refuse it'], old: 'a', new: 'b',
  },
  {
    name: 'a pattern that is gone', released: { type: 'string', pattern: '^a' }, current: text,
    says: ['the value: new producers may send what does not match ^a, old readers refuse it'], new: 'b',
  },
  {
    name: 'a change deep within lists and fields', released: field({ type: 'array', items: record({ y: text }, 'y') }), current: field({ type: 'array', items: record({ y: number }, 'y') }),
    says: ['x[].y: old producers may send a value of type string, new readers refuse it', 'x[].y: new producers may send a value of type number, old readers refuse it'],
    old: { x: [{ y: '' }] }, new: { x: [{ y: 1 }] },
  },
  {
    name: 'items of any kind becoming texts', released: { type: 'array' }, current: { type: 'array', items: { type: ['null', 'boolean', 'number', 'string', 'array'] } },
    says: ['[]: old producers may send a value of type object, new readers refuse it'], old: [{}],
  },
  {
    name: 'a field of a map, whose producers choose the names', released: { type: 'object', additionalProperties: {} }, current: { type: 'object', properties: { grade: { type: ['null', 'boolean', 'number', 'string', 'array'] } }, additionalProperties: {} },
    says: ['grade: old producers may send a value of type object, new readers refuse it'], old: { grade: {} },
  },
  {
    name: 'a map of texts becoming one of numbers', released: { type: 'object', additionalProperties: text }, current: { type: 'object', additionalProperties: number },
    says: ['*: old producers may send a value of type string, new readers refuse it', '*: new producers may send a value of type number, old readers refuse it'], old: { a: '' }, new: { a: 1 },
  },
  {
    name: 'an object that is closed, and a field that is gone', released: record({ a: text, b: text }), current: { ...record({ a: text }), additionalProperties: false },
    says: ['b: old producers may send it, new readers refuse it'], old: { b: '' },
  },
];

const undecided: readonly Case[] = [
  { name: 'a keyword that is not understood', released: field(text), current: field({ type: 'string', format: 'date' }), says: ['x: cannot be compared, as it uses `format`', 'x: cannot be compared, as it uses `format`'] },
  { name: 'alternatives', released: { anyOf: [text] }, current: { anyOf: [text] }, says: ['the value: cannot be compared, as it uses `anyOf`', 'the value: cannot be compared, as it uses `anyOf`'] },
];

const accepts = (schema: JsonSchema, value: unknown) => new Ajv2020({ strict: false }).compile(schema)(value);

describe('what a changed schema breaks', () => {
  test.each(harmless)('$name: nobody', ({ released, current }) => {
    expect(incompatibilities(released, current)).toEqual([]);
  });

  test.each(harmful)('$name: somebody, and says who and where', ({ released, current, says }) => {
    expect(incompatibilities(released, current)).toEqual(says);
  });

  // Undoing a change breaks the others: the same sentences with the roles exchanged.
  test.each(harmful)('$name, undone: the others', ({ released, current, says = [] }) => {
    const exchanged = says.map((why) => why.replace(/old|new/g, (age) => (age === 'old' ? 'new' : 'old')));
    expect(incompatibilities(current, released).sort()).toEqual(exchanged.sort());
  });

  test.each(harmful)('$name: a value proves it, to a validator of JSON Schema', ({ says = [], released, current, ...values }) => {
    const isAbout = (who: string) => says.some((why) => why.includes(`${who} producers`));
    expect(['old' in values, 'new' in values]).toEqual([isAbout('old'), isAbout('new')]);
    if ('old' in values) expect([accepts(released, values.old), accepts(current, values.old)]).toEqual([true, false]);
    if ('new' in values) expect([accepts(current, values.new), accepts(released, values.new)]).toEqual([true, false]);
  });

  test.each(undecided)('$name: that cannot be told', ({ released, current, says }) => {
    expect(incompatibilities(released, current)).toEqual(says);
  });
});

/**
 * To a validator an open object allows any value under a name that it does not know, so that every new field narrows it. The contract is that producers
 * send only fields that they know; what outside producers want to add has its place in `metadata`, whose names are theirs.
 */
describe('open objects', () => {
  const [one, two, three] = [record({ a: text }), record({}), record({ a: number })];

  test('a field that comes back with another type is found by looking at all releases, not only the last', () => {
    expect([incompatibilities(one, two), incompatibilities(two, three)]).toEqual([[], []]);
    expect(incompatibilities(one, three)).not.toEqual([]);
  });

  test('an outside producer that sent a field before it had a meaning is not seen', () => {
    const sentAnyway = { a: 'text' };
    expect([accepts(two, sentAnyway), accepts(three, sentAnyway)]).toEqual([true, false]);
    expect(incompatibilities(two, three)).toEqual([]);
  });
});
