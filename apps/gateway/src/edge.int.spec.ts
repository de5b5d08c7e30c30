import { request } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '@math-labeler/service-kit';
import { REQUESTS_PER_MINUTE } from './access/rate-limits.js';
import { GatewayBench, until } from './gateway.fixture.js';

const TEXT = '100 이하의 수를 읽고 쓰세요.';

/** A request whose Host header is free to choose. */
function askAs(address: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${address}/api/problems`, { headers }, (response) => resolve(response.resume().statusCode!)).on('error', reject).end();
  });
}

describe('without API keys', () => {
  let bench: GatewayBench;
  beforeAll(async () => {
    bench = await GatewayBench.start();
  });
  afterAll(() => bench.end());

  test('an address that others can reach is not opened, and it says what to do', async () => {
    await expect(GatewayBench.start({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'SETTINGS.KEYS_NEEDED', reason: { ko: expect.stringContaining('mathlabel keys add'), en: expect.stringContaining('mathlabel keys add') } });
  });

  test('a port that is taken is told as such', async () => {
    const port = Number(new URL(bench.gateway.address).port);
    await expect(GatewayBench.start({ port })).rejects.toMatchObject({ code: 'SETTINGS.CANNOT_LISTEN' });
  });

  test.each([
    [{}, 200],
    [{ host: 'localhost:3000' }, 200],
    [{ host: '[::1]:3000' }, 200],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, 200],
    [{ host: 'evil.example:3000' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ host: 'localhost:3000', origin: 'http://localhost:9999' }, 403],
    [{ origin: 'null' }, 403],
  ])('a request with %j is answered %d', async (headers, status) => {
    expect(await askAs(bench.gateway.address, headers as Record<string, string>)).toBe(status);
  });

  test('the first key closes the door to those without one, while the server runs', async () => {
    expect((await bench.ask('/api/problems')).status).toBe(200);
    const keys = new ApiKeys(bench.dataDir);
    keys.add('one', 'submit');
    await until(async () => (await bench.ask('/api/problems')).status === 401);
    keys.remove('one');
    await until(async () => (await bench.ask('/api/problems')).status === 200);
  });
});

describe('with API keys', () => {
  let bench: GatewayBench;
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gateway-keys-'));
    const file = new ApiKeys(dataDir);
    for (const role of ['submit', 'review', 'operate'] as const) keys[role] = file.add(`${role} key`, role);
    keys['busy'] = file.add('busy', 'operate');
    bench = await GatewayBench.start({ host: '0.0.0.0' }, dataDir);
    bench.gateway = { ...bench.gateway, address: bench.gateway.address.replace('0.0.0.0', '127.0.0.1') };
  });
  afterAll(() => bench.end());

  const as = (key: string) => ({ authorization: `Bearer ${keys[key]}` });

  test('without one, and with a wrong one, requests are turned away with a challenge', async () => {
    const without = await bench.ask('/api/problems');
    expect(without).toMatchObject({ status: 401, body: { code: 'GATEWAY.KEY_NEEDED' } });
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="math-labeler"');
    expect(await bench.ask('/api/problems', { headers: { 'x-api-key': 'ml_wrong' } })).toMatchObject({ status: 401, body: { code: 'GATEWAY.UNKNOWN_KEY' } });
    expect((await bench.ask('/health/ready')).status).toBe(200);
    expect((await bench.ask('/api/docs')).status).toBe(200);
  });

  test.each([
    ['GET', '/api/problems', ['submit', 'review', 'operate']],
    ['POST', '/api/problems', ['submit', 'review', 'operate']],
    ['GET', '/api/curriculum', ['submit', 'review', 'operate']],
    ['GET', '/api/reviews', ['review', 'operate']],
    ['POST', '/api/feedback', ['review', 'operate']],
    ['GET', '/api/dead-letters', ['operate']],
    ['POST', '/api/dead-letters/redrive', ['operate']],
    ['GET', '/metrics', ['operate']],
  ])('%s %s is for %j', async (method, path, allowed) => {
    for (const role of ['submit', 'review', 'operate']) {
      const { status, body } = await bench.ask(path, { method, headers: as(role), ...(method === 'POST' ? { body: {} } : {}) });
      if (allowed.includes(role)) expect([200, 422]).toContain(status);
      else expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'GATEWAY.ROLE_NEEDED' });
    }
  });

  test('a key works from any host, and either way of sending it', async () => {
    expect(await askAs(bench.gateway.address, { ...as('submit'), host: 'labels.example', origin: 'https://labels.example' })).toBe(200);
    expect((await bench.ask('/api/problems', { headers: { 'x-api-key': keys['submit'] } })).status).toBe(200);
  });

  test('the name of the key is the reviewer’s, whoever the body says', async () => {
    await bench.post('/api/problems', { id: 'r1', content: TEXT }, as('submit'));
    await bench.label('r1');
    await until(async () => (await bench.ask('/api/problems/r1', { headers: as('submit') })).body['status'] === 'accepted');
    expect((await bench.post('/api/feedback', { problem_id: 'r1', confirm: true, reviewer: 'somebody else' }, as('review'))).status).toBe(202);
    for await (const { value } of bench.platform.broker.read('feedback.submitted.v1', { untilIdle: 0 })) expect(JSON.parse(Buffer.from(value).toString())).toMatchObject({ reviewer: 'review key' });
  });

  test('two clients may choose the same Idempotency-Key', async () => {
    const [one, other] = [await bench.post('/api/problems', { text: '하나' }, { ...as('submit'), 'idempotency-key': 'k' }), await bench.post('/api/problems', { text: '둘' }, { ...as('review'), 'idempotency-key': 'k' })];
    expect([one.status, other.status]).toEqual([202, 202]);
    expect(one.body['id']).not.toBe(other.body['id']);
  });

  test('a key that asks too often has to wait; others, and health, do not', async () => {
    const most = REQUESTS_PER_MINUTE.operate;
    const answers = await Promise.all(Array.from({ length: most + 1 }, () => bench.ask('/api/dead-letters', { headers: as('busy') })));
    const refused = answers.find(({ status }) => status !== 200)!;
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(most);
    expect(refused).toMatchObject({ status: 429, body: { code: 'GATEWAY.RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await bench.ask('/api/dead-letters', { headers: as('operate') })).status).toBe(200);
    expect((await bench.ask('/health/live', { headers: as('busy') })).status).toBe(200);
  });

  test('no key is ever logged', () => {
    expect(bench.logged.filter((line) => Object.values(keys).some((key) => line.includes(key)))).toEqual([]);
  });
});

describe('too many problems on their way', () => {
  let bench: GatewayBench;
  beforeAll(async () => {
    bench = await GatewayBench.start({ maxPending: 10 });
  });
  afterAll(() => bench.end());

  const batch = (name: string, size: number) => Array.from({ length: size }, (_, i) => ({ id: `${name}-${i}`, content: TEXT }));

  test('the edge asks senders to wait, before anything of a request is in the log; what was accepted goes on', async () => {
    expect((await bench.post('/api/problems', batch('a', 10))).status).toBe(202);
    const published = (await bench.eventIds('problem.submitted.v1')).length;
    const refused = await bench.post('/api/problems', batch('b', 2));
    expect(refused).toMatchObject({ status: 429, body: { code: 'GATEWAY.OVERLOADED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await bench.eventIds('problem.submitted.v1')).toHaveLength(published);
    expect((await bench.ask('/api/problems')).status).toBe(200);
    await bench.label('a-0');
    await until(async () => (await bench.post('/api/problems', batch('b', 2))).status === 202);
  });

  test('a restarted edge remembers them, and room comes back when they are finished, rejected or failed', async () => {
    await bench.close();
    await bench.open();
    expect((await bench.post('/api/problems', batch('c', 1))).status).toBe(429);
    await Promise.all(['a-1', 'a-2'].map((id) => bench.label(id)));
    await bench.bury('a-3');
    await until(async () => (await bench.post('/api/problems', batch('c', 1))).status === 202);
  });

  test('a flood of requests leaves no more on their way than one batch above the most', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, i) => bench.post('/api/problems', batch(`flood${i}`, 5))));
    const known = new Set(await bench.eventIds('problem.submitted.v1'));
    expect(known.size).toBeLessThan(10 + 5 + 10);
  });
});

test('requests that wait are answered when the server stops', async () => {
  const bench = await GatewayBench.start();
  const waiting = bench.post('/api/problems?wait=60', { id: 'w', content: TEXT });
  await until(async () => (await bench.ask('/api/problems/w')).status === 200);
  const started = Date.now();
  await bench.end();
  expect(await waiting).toMatchObject({ status: 202, body: { id: 'w', status: 'pending' } });
  expect(Date.now() - started).toBeLessThan(5000);
});
