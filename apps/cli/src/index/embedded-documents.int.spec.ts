import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@math-labeler/curriculum';
import { type KnowledgeDocument } from '@math-labeler/search';
import { Workplace } from '../mathlabel.fixture.js';
import { listeningSession } from '../session.fixture.js';
import { embeddedDocuments } from './embedded-documents.js';
import { type EmbeddingServer, embeddingServer } from './embedding-server.fixture.js';

const document = (id: string, text: string): KnowledgeDocument => ({ id, kind: 'example', code: '2수01-01', level: 'B', text });
const documents = [document('1', '구슬 3개'), document('2', '원의 넓이')];

let place: Workplace;
let server: EmbeddingServer;
let env: Record<string, string>;
beforeEach(async () => {
  place = new Workplace();
  server = await embeddingServer();
  env = { DATA_DIR: join(place.folder, 'data'), OPENAI_EMBEDDING_MODEL: 'lengths', OPENAI_EMBEDDING_BASE_URL: server.url };
});
afterEach(async () => {
  await server.stop();
  place.remove();
});

async function embedded(more: readonly KnowledgeDocument[] = [], changed: Record<string, string> = {}) {
  const { session, said } = listeningSession('en');
  const done = await embeddedDocuments({ ...session, env: { ...env, ...changed } }, [...documents, ...more]);
  return { done, said: said() };
}

test('where no model is named the documents stay as they are, and no database is made', async () => {
  const { done, said } = await embedded([], { OPENAI_EMBEDDING_MODEL: '' });
  expect([done, said, server.texts]).toEqual([documents, '', []]);
  expect(existsSync(env.DATA_DIR)).toBe(false);
});

test('each text is embedded once: the next time only what is new', async () => {
  const first = await embedded();
  expect(first.done.map(({ embedding }) => [embedding?.embedder, embedding?.vector.length])).toEqual([['lengths', 3], ['lengths', 3]]);
  expect(first.said).toContain('Texts embedded anew: 2');
  const second = await embedded([document('3', '새 문제')]);
  expect(second.said).toContain('Texts embedded anew: 1');
  expect(second.done.slice(0, 2)).toEqual(first.done);
  expect(server.texts).toEqual(['구슬 3개', '원의 넓이', '새 문제']);
});

test('a server that is away is told as such, and what to do', async () => {
  await server.stop();
  const attempt = embedded();
  await expect(attempt).rejects.toThrow(InputError);
  await expect(attempt).rejects.toMatchObject({ code: 'CLI.EMBEDDING_AWAY', field: 'OPENAI_EMBEDDING_MODEL', reason: { en: expect.stringContaining('goes on from here') } });
}, 30_000);

test('a server that lets nobody in is told as such at once', async () => {
  const closed = await embeddingServer('nobody in');
  await expect(embedded([], { OPENAI_EMBEDDING_BASE_URL: closed.url })).rejects.toMatchObject({ name: 'InputError', code: 'CLI.EMBEDDING_REFUSED', message: expect.stringContaining('Incorrect API key') });
  await closed.stop();
});
