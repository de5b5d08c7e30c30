import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { readSettings } from './settings.js';

test('nothing told: this machine alone, port 3000, ./var', () => {
  const { dataDir, ...others } = readSettings({});
  expect(others).toEqual({ host: '127.0.0.1', port: 3000, logLevel: 'info', personalData: 'mask', maxInFlight: 64, deadlineMs: 60_000, maxTries: 5, maxPending: 5000, partitions: 8 });
  expect(isAbsolute(dataDir)).toBe(true);
  expect(dataDir).toMatch(/var$/);
});

test('a variable that is set counts, one that is empty does not', () => {
  expect(readSettings({ PORT: '8080', HOST: '0.0.0.0', MAX_TRIES: ' ', PARTITIONS: '' })).toMatchObject({ port: 8080, host: '0.0.0.0', maxTries: 5, partitions: 8 });
});

test.each([
  ['PORT', '70000'],
  ['PORT', 'http'],
  ['MAX_IN_FLIGHT', '0'],
  ['PARTITIONS', '2.5'],
  ['LOG_LEVEL', 'loud'],
  ['PERSONAL_DATA', 'no'],
])('%s=%s is refused by name, with the reason in both languages', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ code: 'SETTINGS.BAD_VALUE', field: name, reason: { ko: expect.stringMatching(/[가-힣]/), en: expect.stringMatching(/[a-z]/) } }));
});

test('personal data is kept only where that is asked for', () => {
  expect(readSettings({ PERSONAL_DATA: 'keep' }).personalData).toBe('keep');
});

describe('the servers beside it', () => {
  test('each is switched on by its own variable alone', () => {
    expect(readSettings({})).toMatchObject({ kafka: undefined, mongodbUri: undefined, elasticsearch: undefined });
    expect(readSettings({ KAFKA_BROKERS: 'a:9092, b:9093' })).toMatchObject({ kafka: { brokers: ['a:9092', 'b:9093'], prefix: '' }, mongodbUri: undefined, elasticsearch: undefined });
    expect(readSettings({ MONGODB_URI: 'mongodb://a/b' })).toMatchObject({ kafka: undefined, mongodbUri: 'mongodb://a/b' });
    expect(readSettings({ ELASTICSEARCH_URL: 'http://127.0.0.1:9200' })).toMatchObject({ elasticsearch: { url: 'http://127.0.0.1:9200', alias: 'mathlabel-knowledge' } });
  });

  test('a certificate authority asks for TLS, and so does KAFKA_TLS', () => {
    expect(readSettings({ KAFKA_BROKERS: 'a:1' }).kafka?.tls).toBeUndefined();
    expect(readSettings({ KAFKA_BROKERS: 'a:1', KAFKA_TLS: 'true' }).kafka?.tls).toEqual({});
    expect(readSettings({ KAFKA_BROKERS: 'a:1', KAFKA_CA: 'PEM' }).kafka?.tls).toEqual({ ca: 'PEM' });
  });

  test('a name goes with its password', () => {
    expect(readSettings({ KAFKA_BROKERS: 'a:1', KAFKA_USERNAME: 'labeling', KAFKA_PASSWORD: 'x' }).kafka?.sasl).toEqual({ username: 'labeling', password: 'x' });
    expect(() => readSettings({ KAFKA_BROKERS: 'a:1', KAFKA_USERNAME: 'labeling' })).toThrow(expect.objectContaining({ field: 'KAFKA_PASSWORD' }));
    expect(() => readSettings({ ELASTICSEARCH_URL: 'http://a', ELASTICSEARCH_PASSWORD: 'x' })).toThrow(expect.objectContaining({ field: 'ELASTICSEARCH_USERNAME' }));
  });

  test('a value may lie in a file, without the line feed at its end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    writeFileSync(join(folder, 'uri'), 'mongodb://user:word@a/b\n');
    expect(readSettings({ MONGODB_URI_FILE: join(folder, 'uri') }).mongodbUri).toBe('mongodb://user:word@a/b');
    rmSync(folder, { recursive: true });
    expect(() => readSettings({ MONGODB_URI_FILE: join(folder, 'uri') })).toThrow(expect.objectContaining({ field: 'MONGODB_URI_FILE' }));
  });

  test.each([
    ['KAFKA_BROKERS', 'kafka'],
    ['KAFKA_BROKERS', ' , '],
    ['KAFKA_PREFIX', 'a/b'],
    ['MONGODB_URI', 'http://a'],
    ['ELASTICSEARCH_URL', '127.0.0.1:9200'],
    ['ELASTICSEARCH_ALIAS', 'Knowledge'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ code: 'SETTINGS.BAD_VALUE', field: expect.stringContaining(name) }));
  });
});

describe('a language model', () => {
  test('is on with a key or an address, and its own name', () => {
    expect(readSettings({ OPENAI_MODEL: 'some-model', LLM_BUDGET_DAY: '5' }).llm).toBeUndefined();
    expect(readSettings({ OPENAI_API_KEY: 'key', OPENAI_MODEL: 'some-model' }).llm).toEqual({ apiKey: 'key', model: 'some-model', api: 'chat', budget: {}, deadlineMs: 30_000, maxInFlight: 64, samples: 1 });
    expect(readSettings({ OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1', OPENAI_MODEL: 'own', OPENAI_API: 'responses', LLM_BUDGET_MONTH: '12.5' }).llm).toMatchObject({ baseUrl: 'http://127.0.0.1:8000/v1', apiKey: undefined, api: 'responses', budget: { month: 12.5 } });
    for (const one of ['OPENAI_API_KEY', 'OPENAI_BASE_URL']) expect(() => readSettings({ [one]: 'http://a' })).toThrow(expect.objectContaining({ field: 'OPENAI_MODEL', reason: expect.objectContaining({ en: expect.stringContaining(one) }) }));
  });

  test.each([
    ['OPENAI_BASE_URL', 'localhost:8000'],
    ['OPENAI_API', 'grpc'],
    ['LLM_BUDGET_DAY', '-1'],
    ['LLM_BUDGET_MONTH', 'much'],
    ['LLM_SAMPLES', '0'],
    ['LLM_DEADLINE_MS', '1'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ field: name }));
  });

  test('a question has less time than the handler that asks it', () => {
    const own = { OPENAI_BASE_URL: 'http://a', OPENAI_MODEL: 'm' };
    expect(() => readSettings({ ...own, LLM_DEADLINE_MS: '60000' })).toThrow(expect.objectContaining({ field: 'LLM_DEADLINE_MS' }));
    expect(readSettings({ ...own, LLM_DEADLINE_MS: '60000', HANDLER_DEADLINE_MS: '90000' }).llm?.deadlineMs).toBe(60_000);
  });

  test('embeddings may come from elsewhere, and no key goes to another address than its own', () => {
    const chat = { OPENAI_API_KEY: 'key', OPENAI_MODEL: 'm' };
    expect(readSettings(chat).embedding).toBeUndefined();
    expect(readSettings({ ...chat, OPENAI_EMBEDDING_MODEL: 'e' }).embedding).toEqual({ apiKey: 'key', model: 'e' });
    expect(readSettings({ ...chat, OPENAI_EMBEDDING_MODEL: 'e', OPENAI_EMBEDDING_BASE_URL: 'http://a' }).embedding).toEqual({ baseUrl: 'http://a', model: 'e' });
    expect(() => readSettings({ OPENAI_EMBEDDING_MODEL: 'e' })).toThrow(expect.objectContaining({ field: 'OPENAI_EMBEDDING_MODEL' }));
  });
});
