import { readdirSync, readFileSync } from 'node:fs';
import { documentsOf } from './documents.js';
import { EVENTS } from './events.js';

const library = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, library), 'utf8');
const { version } = JSON.parse(read('../../package.json')) as { version: string };
const documents = documentsOf(EVENTS, version);
const committed = ['asyncapi.json', ...readdirSync(new URL('schemas', library)).map((name) => `schemas/${name}`)];

/** Stands in the failure, for who changed a contract. */
const REMEDY = 'run: npm run contracts';

describe('the committed documents', () => {
  test('there is one of each event and no other', () => {
    expect({ files: committed.sort(), REMEDY }).toEqual({ files: [...documents.keys()].sort(), REMEDY });
  });

  test.each([...documents])('%s is what the contracts say', (path, content) => {
    expect({ isFresh: committed.includes(path) && read(path) === content, REMEDY }).toEqual({ isFresh: true, REMEDY });
  });
});
