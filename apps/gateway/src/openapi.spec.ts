import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from './openapi.js';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

const document = openApiDocument() as { paths: Record<string, Record<string, Operation>>; components: object };
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })));

test.each(operations)('the examples of $name are what its schemas say', ({ operation }) => {
  const ajv = new Ajv2020({ strict: false });
  const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) => Object.entries(part?.content ?? {}));
  for (const [type, { schema, example, examples = {} }] of media) {
    const validate = ajv.compile({ ...schema, components: document.components });
    const values = [...(example === undefined || type.includes('ndjson') ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
    for (const value of values) expect([validate(value), validate.errors]).toEqual([true, null]);
  }
});

test('every reference leads somewhere', () => {
  const text = JSON.stringify(document);
  const names = Object.keys((document.components as { schemas: object }).schemas);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(names).toContain(name);
});
