import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from './api-keys.js';
import { type Health } from './health.js';
import { HealthServer } from './health-server.js';

let folder: string;
let server: HealthServer;
let health: Health;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'health-'));
  health = { isReady: true, report: { status: 'ready' } };
  server = await HealthServer.listen({ host: '127.0.0.1', port: 0, dataDir: folder }, { health: () => health, metrics: async () => ({ type: 'text/plain', text: 'up 1\n' }) });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${server.address}${path}`, { headers });

test('it lives, whatever state it is in', async () => {
  health = { isReady: false, report: { status: 'starting' } };
  expect((await get('/health/live')).status).toBe(200);
});

test('ready or not, with the reasons', async () => {
  expect((await get('/health/ready')).status).toBe(200);
  health = { isReady: false, report: { status: 'unwell', parts: { kafka: { status: 'down' } } } };
  const answer = await get('/health/ready');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual(health.report);
});

test('everything else is 503 until it is ready, and then unknown', async () => {
  expect((await get('/api/problems')).status).toBe(404);
  health = { isReady: false, report: {} };
  expect((await get('/api/problems')).status).toBe(503);
});

test('metrics are for this machine alone as long as there are no keys', async () => {
  expect(await (await get('/metrics')).text()).toBe('up 1\n');
  const { hostname, port } = new URL(server.address);
  // fetch lets nobody choose the Host header.
  const foreign = await new Promise<number>((resolve) => request({ hostname, port, path: '/metrics', headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode!)).end());
  expect(foreign).toBe(403);
});

test('with keys, metrics are for those who may operate', async () => {
  const keys = new ApiKeys(folder);
  const [operate, submit] = [keys.add('o', 'operate'), keys.add('s', 'submit')];
  await server.close();
  server = await HealthServer.listen({ host: '127.0.0.1', port: 0, dataDir: folder }, { health: () => health, metrics: async () => ({ type: 'text/plain', text: 'up 1\n' }) });
  expect((await get('/metrics')).status).toBe(403);
  expect((await get('/metrics', { authorization: `Bearer ${submit}` })).status).toBe(403);
  expect((await get('/metrics', { authorization: `Bearer ${operate}` })).status).toBe(200);
  expect((await get('/metrics', { 'x-api-key': operate })).status).toBe(200);
});

test('an address that others can reach is not opened without keys', async () => {
  await expect(HealthServer.listen({ host: '0.0.0.0', port: 0, dataDir: folder }, { health: () => health, metrics: async () => ({ type: '', text: '' }) })).rejects.toMatchObject({ code: 'SETTINGS.KEYS_NEEDED' });
});

test('a port that is taken is told', async () => {
  const port = Number(new URL(server.address).port);
  await expect(HealthServer.listen({ host: '127.0.0.1', port, dataDir: folder }, { health: () => health, metrics: async () => ({ type: '', text: '' }) })).rejects.toMatchObject({ code: 'SETTINGS.CANNOT_LISTEN' });
});
