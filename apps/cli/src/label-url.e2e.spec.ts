import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { lines, MINUTES, results, until, Workplace } from './mathlabel.fixture.js';
import { type Answer, answerJson, FakeServer, viewOf } from './server/fake-server.fixture.js';

jest.setTimeout(MINUTES);

const place = new Workplace();
let server: FakeServer;
let env: Record<string, string>;
beforeEach(async () => {
  server = await FakeServer.start();
  env = { DATA_DIR: place.folder };
});
afterEach(() => server.stop());
afterAll(() => place.remove());

const problems = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `p${i}`, content: `${i} + 5를 계산하세요.` }));
const ids = (text: string): string[] => results(text).map(({ id }) => id);
const file = (name: string, count: number): string => place.file(name, lines(problems(count)));

const wait =
  (status: number, code: string): Answer =>
  (_, response) => answerJson(response, status, { status, code, detail: '잠시 뒤에 다시 보내세요' }, { 'retry-after': '1' });
const drop: Answer = (_, response) => void response.socket!.destroy();

test('given batches that a server finishes in another order, then the results come in the order of the file, with the fields of a local result and then the server’s own', async () => {
  const late: Answer = ({ problems: arrived }, response) => void setTimeout(() => answerJson(response, 200, { problems: arrived.map((problem) => viewOf(problem, { duplicateOf: 'x', contested: true })) }), 300);
  server.answerNext(late);
  const { code, stdout, stderr } = await place.run(['label', file('order.jsonl', 950), '--url', server.url], { env });
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('950문제: 확정 950') as string });
  expect(ids(stdout)).toEqual(problems(950).map(({ id }) => id));
  expect(Object.keys(results(stdout)[0])).toEqual([
    'id', 'content', 'category', 'code', 'level', 'confidence', 'levelConfidence', 'decision', 'decidedBy', 'reasons', 'alternatives', 'evidence', 'versions', 'revision', 'duplicateOf', 'contested',
  ]);
  expect(server.requests.map((request) => request.problems.length).sort((a, b) => b - a)).toEqual([200, 200, 200, 200, 150]);
  for (const { url } of server.requests) expect(url).toMatch(/^\/api\/problems\?wait=\d+$/);
});

test('metadata travels and comes back as it was; a grade told for all stands where a problem tells none', async () => {
  const given = [
    { id: '1', content: '3 + 5', metadata: { source: '여름 문제집', page: 7 } },
    { id: '2', content: '3 + 6', metadata: { grade: '5학년' } },
    { content: '3 + 7' },
    { content: '3 + 8' },
  ];
  place.file('told.jsonl', lines(given));
  const { stdout } = await place.run(['label', 'told.jsonl', '--url', server.url, '--grade', '3-1'], { env });
  const [{ problems: sent }] = server.requests;
  expect(sent.map(({ metadata }) => metadata)).toEqual([{ source: '여름 문제집', page: 7, grade: '3-1' }, { grade: '5학년' }, { grade: '3-1' }, { grade: '3-1' }]);
  expect(results(stdout).map(({ id, metadata }) => [id, metadata])).toEqual([['1', { source: '여름 문제집', page: 7 }], ['2', { grade: '5학년' }], ['told.jsonl:3', undefined], ['told.jsonl:4', undefined]]);
  // Another file of this name has other problems in these lines.
  expect(sent[2].id).toMatch(/^told\.jsonl:3#[0-9a-f]{12}$/);
});

test('a server that asks to wait is obeyed, and that is said once', async () => {
  server.answerNext(wait(429, 'GATEWAY.OVERLOADED'), wait(429, 'GATEWAY.OVERLOADED'));
  const began = performance.now();
  const { code, stdout, stderr } = await place.run(['label', file('busy.jsonl', 10), '--url', server.url], { env });
  expect(performance.now() - began).toBeGreaterThan(2000);
  expect({ code, count: results(stdout).length, told: stderr.split('서버가 기다려 달라고 합니다: 잠시 뒤에 다시 보내세요').length - 1 }).toEqual({ code: 0, count: 10, told: 1 });
});

test('a server that is starting is waited for', async () => {
  server.answerNext(wait(503, 'GATEWAY.STARTING'));
  expect(await place.run(['label', file('starting.jsonl', 3), '--url', server.url], { env })).toMatchObject({ code: 0 });
});

test('a dropped connection and a proxy’s failure are tried again, and no problem comes twice', async () => {
  server.answerNext(drop, (_, response) => void response.writeHead(502).end('bad gateway'), drop);
  const { code, stdout, stderr } = await place.run(['label', file('dropped.jsonl', 5), '--url', server.url], { env });
  expect({ code, ids: ids(stdout) }).toEqual({ code: 0, ids: problems(5).map(({ id }) => id) });
  expect(stderr.match(/서버와 연결이 끊겨 다시 시도합니다/g)).toHaveLength(1);
});

test('labels that are not there yet are asked for again, and only those', async () => {
  server.answerNext(({ problems: arrived }, response) => answerJson(response, 202, { problems: arrived.map((problem, i) => (i < 2 ? viewOf(problem) : { id: problem.id, status: 'pending' })) }));
  const { stdout } = await place.run(['label', file('pending.jsonl', 5), '--url', server.url], { env });
  expect(ids(stdout)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  expect(server.requests[1].problems.map(({ id }) => id)).toEqual(['p2', 'p3', 'p4']);
});

test('given problems that a server refuses, rejects or fails at, then the others are labelled, and these are listed with their place and their reason', async () => {
  const reason = { ko: '이 id로 다른 문제가 있습니다', en: 'another problem has this id' };
  server.answerNext(
    (_, response) => answerJson(response, 409, { code: 'GATEWAY.ID_CONFLICT', detail: '충돌', errors: [{ index: 1, field: 'id', code: 'GATEWAY.ID_CONFLICT', reason }] }),
    ({ problems: [p0, p2, p3, p4] }, response) =>
      answerJson(response, 200, {
        problems: [viewOf(p0), { id: p2.id, status: 'rejected', rejection: { code: 'INGESTION.EMPTY_TEXT', field: 'content', reason: { ko: '비었습니다', en: 'is empty' } } }, { id: p3.id, status: 'failed', failure: { code: 'BUG', reason: 'TypeError: x', service: 'labeling' } }, viewOf(p4)],
      }),
  );
  const { code, stdout, stderr } = await place.run(['label', file('refused.jsonl', 5), '--url', server.url, '--errors', 'refused-errors.jsonl'], { env });
  expect({ code, ids: ids(stdout) }).toEqual({ code: 1, ids: ['p0', 'p4'] });
  const errors = place.read('refused-errors.jsonl').trim().split('\n').map((line) => JSON.parse(line) as { code: string; place: { line: number } });
  expect(errors.map((error) => [error.place.line, error.code])).toEqual([[2, 'GATEWAY.ID_CONFLICT'], [3, 'INGESTION.EMPTY_TEXT'], [4, 'BUG']]);
  for (const part of ['refused.jsonl:2 [id] 이 id로 다른 문제가 있습니다', 'refused.jsonl:3 [content] 비었습니다', 'TypeError: x']) expect(stderr).toContain(part);
});

test('a batch that is refused as a whole is halved until it goes through, or a single problem is at fault', async () => {
  const tooLarge: Answer = ({ problems: arrived }, response) => (arrived.some(({ id }) => id === 'p2') ? answerJson(response, 413, { code: 'GATEWAY.TOO_LARGE', detail: '너무 큽니다' }) : 'pass');
  server.answerNext(...Array.from({ length: 10 }, () => tooLarge));
  const { code, stdout, stderr } = await place.run(['label', file('large.jsonl', 5), '--url', server.url], { env });
  expect({ code, ids: ids(stdout) }).toEqual({ code: 1, ids: ['p0', 'p1', 'p3', 'p4'] });
  expect(stderr).toContain('large.jsonl:3 너무 큽니다');
});

test('given no server, then it is said at once, and nothing is written', async () => {
  await server.stop();
  const began = performance.now();
  place.file('yesterday.jsonl', lines([{ id: 'y' }]));
  const { code, stdout, stderr } = await place.run(['label', file('nobody.jsonl', 3), '--url', server.url, '--out', 'yesterday.jsonl'], { env });
  expect({ code, stdout, kept: place.read('yesterday.jsonl') }).toEqual({ code: 2, stdout: '', kept: '{"id":"y"}\n' });
  expect(stderr).toContain('서버에 연결할 수 없습니다 (ECONNREFUSED)');
  expect(performance.now() - began).toBeLessThan(20_000);
  server = await FakeServer.start();
});

test('given an interruption while the server is away, then what was written is whole, and --resume sends only the rest', async () => {
  const path = file('away.jsonl', 600);
  const whole = await place.run(['label', path, '--url', server.url], { env });
  server.requests.length = 0;
  let arrived = 0;
  server.answerNext(...Array.from({ length: 50 }, (): Answer => (_, response) => (++arrived > 2 ? void response.socket!.destroy() : 'pass')));
  const args = ['label', path, '--url', server.url, '--out', 'away-labels.jsonl'];
  const interrupted = await place.run(args, {
    env,
    during: async (child, said) => {
      await until(() => said().includes('끊겨') && existsSync(join(place.folder, 'away-labels.jsonl')), 'the connection to be lost');
      await until(() => readFileSync(join(place.folder, 'away-labels.jsonl'), 'utf8').split('\n').length > 200, '200 results');
      child.kill('SIGINT');
    },
  });
  expect(interrupted.code).toBe(130);
  const before = results(place.read('away-labels.jsonl')).length;
  expect(interrupted.stderr).toContain(`${before}문제까지 썼습니다`);
  await server.stop();
  server = await FakeServer.start(server.port);
  expect(await place.run([...args, '--resume'], { env })).toMatchObject({ code: 0 });
  expect(server.requests.flatMap((request) => request.problems)).toHaveLength(600 - before);
  expect(place.read('away-labels.jsonl')).toBe(whole.stdout);
});

test('a problem that trickles in is labelled without waiting for others', async () => {
  let seen = '';
  const { code } = await place.run(['label', '-', '--url', server.url], {
    env,
    input: lines([{ id: 'a', content: '1 + 1' }, { id: 'b', content: '1 + 2' }]),
    during: async (child) => {
      child.stdout!.on('data', (piece: Buffer) => (seen += piece.toString()));
      await until(() => results(seen).length === 2, 'the labels of the first problems');
      child.stdin!.end(lines([{ id: 'c', content: '1 + 3' }]));
    },
  });
  expect({ code, ids: ids(seen) }).toEqual({ code: 0, ids: ['a', 'b', 'c'] });
});

test('the API key is sent as a header and shown nowhere; a server that wants one is explained', async () => {
  const secret = 'ml_secret-of-this-test';
  const refuse: Answer = (_, response) => answerJson(response, 401, { code: 'GATEWAY.KEY_NEEDED', detail: 'API 키가 필요합니다' });
  const refused = await (server.answerNext(refuse), place.run(['label', file('key.jsonl', 1), '--url', server.url], { env }));
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('API 키가 필요합니다. 환경 변수 MATHLABEL_API_KEY에 API 키를 넣으세요');
  const taken = await place.run(['label', file('key.jsonl', 1), '--url', server.url], { env: { ...env, MATHLABEL_API_KEY: secret } });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${secret}`]);
  expect(taken.code).toBe(0);
  expect(taken.stdout + taken.stderr).not.toContain(secret);
});

test.each([
  ['--mixed', ['--mixed'], '--mixed'],
  ['--error-target', ['--error-target', '0.01'], '--error-target'],
  ['--reviewed', ['--reviewed', 'x.jsonl'], '--reviewed'],
])('%s is the server’s to decide, and refused', async (_, args, named) => {
  const { code, stderr } = await place.run(['label', file('own.jsonl', 1), '--url', server.url, ...args], { env });
  expect(code).toBe(2);
  expect(stderr).toContain(named);
  expect(server.requests).toHaveLength(0);
});

test.each([
  ['no address', 'localhost', 'http://'],
  ['an address with a password', 'http://a:b@127.0.0.1:1', 'MATHLABEL_API_KEY'],
])('%s is refused by name', async (_, url, named) => {
  const { code, stderr } = await place.run(['label', file('address.jsonl', 1), '--url', url], { env });
  expect(code).toBe(2);
  expect(stderr).toContain(named);
});

test('something else that answers there is no server of this product', async () => {
  server.answerNext((_, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'));
  const { code, stderr } = await place.run(['label', file('other.jsonl', 1), '--url', server.url, '--lang', 'en'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('what answered is no Math Labeler server');
});
