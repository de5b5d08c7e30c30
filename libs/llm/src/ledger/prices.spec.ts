import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOwnServer, openPrices } from './prices.js';

const DAY = '2026-11-26';
const folder = mkdtempSync(join(tmpdir(), 'prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(rows: unknown): string {
  const path = join(folder, 'own.json');
  writeFileSync(path, JSON.stringify(rows));
  return path;
}

test('the shipped table knows what its sources say', async () => {
  const prices = await openPrices();
  // https://developers.openai.com/ja-JP/api/docs/models/gpt-6-luna
  expect(prices.priceOf('gpt-6-luna', DAY)).toMatchObject({ input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5, batch: 0.5 });
  expect(prices.priceOf('gpt-5.6-luna', '2026-07-29')?.input).toBe(1);
  expect(prices.priceOf('text-embedding-3-large', DAY)?.input).toBe(0.13);
});

test('a model that nobody has priced has no price, rather than none at all', async () => {
  expect((await openPrices()).priceOf('gpt-9', DAY)).toBeUndefined();
});

test('the model that answered has a price where the name it was asked for by has none', async () => {
  expect((await openPrices()).priceOf('my-deployment', DAY, 'gpt-4.1-mini-2025-04-14')?.output).toBe(1.6);
});

test('a server of one’s own costs nothing, whatever its model is called, and somebody else’s server is not one', async () => {
  const own = await openPrices({ baseUrl: 'http://127.0.0.1:8000/v1' });
  expect([own.priceOf('qwen3', DAY)?.output, own.priceOf('gpt-6-luna', DAY)?.output]).toEqual([0, 0]);
  const hosted = await openPrices({ baseUrl: 'https://openrouter.ai/api/v1' });
  expect([hosted.priceOf('qwen3', DAY), hosted.priceOf('gpt-6-luna', DAY)?.output]).toEqual([undefined, 0.5]);
});

test('a table of one’s own goes before everything', async () => {
  const own = file([{ model: 'gpt-6-luna', from: '2026-01-01', input: 7, output: 7 }, { model: 'qwen3', from: '2026-01-01', input: 1, output: 1 }]);
  expect((await openPrices({ own })).priceOf('gpt-6-luna', DAY)?.input).toBe(7);
  expect((await openPrices({ own, baseUrl: 'http://localhost:8000' })).priceOf('qwen3', DAY)?.input).toBe(1);
});

test('a table that is not there, or is none, is refused by name', async () => {
  await expect(openPrices({ own: join(folder, 'nowhere.json') })).rejects.toMatchObject({ code: 'LLM.NO_PRICES', place: { file: join(folder, 'nowhere.json') } });
  await expect(openPrices({ own: file([{ model: 'm' }]) })).rejects.toMatchObject({ code: 'LLM.BAD_PRICES', field: '[0].from' });
});

test.each([
  ['http://localhost:11434/v1', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:8080/v1', true],
  ['http://192.168.0.7/v1', true],
  ['http://10.1.2.3', true],
  ['http://172.31.0.1', true],
  ['http://172.32.0.1', false],
  ['http://vllm:8000/v1', true],
  ['http://vllm.models.svc.cluster.local/v1', true],
  ['https://gpu.school.internal/v1', true],
  ['https://api.openai.com/v1', false],
  ['https://school.openai.azure.com/openai/v1', false],
  ['https://openrouter.ai/api/v1', false],
  ['http://[fd12::1]/v1', true],
  ['http://[2606:4700::1]/v1', false],
  ['https://8.8.8.8/v1', false],
  ['https://gpu.svc.example.com/v1', false],
  ['http://[nowhere', false],
])('%s is a server of one’s own: %s', (address, isOwn) => {
  expect(isOwnServer(address)).toBe(isOwn);
});
