import { FeedbackRejected, FeedbackSubmitted, ProblemRejected } from '@math-labeler/contracts';
import { EventPublisher } from '@math-labeler/messaging';
import { RequestMethod } from '@nestjs/common';
import { connect } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { type z } from 'zod';
import { GatewayModule } from './gateway.module.js';
import { type Answer, GatewayBench, labeled, until } from './gateway.fixture.js';
import * as answers from './openapi-schemas.js';

let bench: GatewayBench;
beforeAll(async () => {
  bench = await GatewayBench.start();
});
afterAll(() => bench.end());

const TEXT = '100 이하의 수를 읽고 쓰세요.';
const NDJSON = { 'content-type': 'application/x-ndjson' };
const LABEL = { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-B]' };

let last = 0;
const newId = () => `p${(last += 1)}`;

/** A problem that the read model knows. */
async function submitted(id = newId(), content = TEXT): Promise<string> {
  await bench.post('/api/problems', { id, content });
  await until(async () => (await bench.ask(`/api/problems/${id}`)).status === 200);
  return id;
}

async function withStatus(id: string, status: string): Promise<Answer> {
  return until(async () => {
    const answer = await bench.ask(`/api/problems/${id}`);
    return answer.body['status'] === status && answer;
  });
}

async function labeledProblem(given: Parameters<typeof labeled>[1] = {}): Promise<string> {
  const id = await submitted();
  await bench.label(id, given);
  await withStatus(id, given.decision ?? 'accepted');
  return id;
}

/** Whether the schema knows every field of a value: reading it takes nothing away. */
function isExactly(schema: z.ZodType, value: unknown): boolean {
  const parsed = schema.safeParse(value);
  return parsed.success && isDeepStrictEqual(parsed.data, value);
}

/** The HTTP routes of the module’s controllers, as `get /api/problems/{id}`. */
function routesOf(module: typeof GatewayModule): string[] {
  const { controllers = [] } = module.on(bench.platform, { curriculum: { standards: [], fingerprint: '' } as never, services: () => [], state: () => ({ ready: true }) });
  return controllers.flatMap((controller) => {
    const methods = Object.getOwnPropertyNames(controller.prototype).map((name) => (controller.prototype as Record<string, object>)[name]);
    const at = (target: object) => Reflect.getMetadata('path', target) as string | undefined;
    return methods.flatMap((handler) => {
      const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
      const path = [at(controller), at(handler)].map((part) => part?.replace(/^\/|\/$/g, '')).filter(Boolean).join('/');
      return method === undefined ? [] : [`${RequestMethod[method].toLowerCase()} /${path.replace(':id', '{id}')}`];
    });
  });
}

const errorsOf = ({ body }: Answer) => body['errors'] as { index?: number; line?: number; field?: string; code: string; reason: { ko: string; en: string } }[];

describe('POST /api/problems', () => {
  test('one problem is in the log when it is accepted, and is found with its way and its label', async () => {
    const accepted = await bench.post('/api/problems', { id: 1, content: TEXT, metadata: { grade: '1' }, unknown: true });
    expect(accepted.text).toBe('{"id":"1","status":"pending","url":"/api/problems/1"}');
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe('/api/problems/1');
    expect(await bench.eventIds('problem.submitted.v1')).toHaveLength(1);
    await withStatus('1', 'pending');
    await bench.label('1');
    const { body } = await withStatus('1', 'accepted');
    expect(body).toMatchObject({ id: '1', content: TEXT, metadata: { grade: '1' }, label: { code: '2수01-01', revision: 1, votes: expect.any(Array) }, revisions: [{ revision: 1, code: '2수01-01', decidedBy: 'votes' }] });
    expect(body['stages']).toEqual([
      { stage: 'submitted', at: '2026-01-02T03:04:05.000Z', ms: 0 },
      { stage: 'labeled', at: expect.any(String), ms: expect.any(Number) },
    ]);
  });

  test('an array and NDJSON are batches, answered in their order; plain text is a problem too', async () => {
    const array = await bench.post('/api/problems', [{ id: 'a1', text: '하나' }, { text: '둘' }]);
    expect(array.status).toBe(202);
    expect(array.body['problems']).toEqual([{ id: 'a1', status: 'pending', url: '/api/problems/a1' }, expect.objectContaining({ status: 'pending' })]);
    const lines = await bench.post('/api/problems', '{"id":"n1","content":"하나"}\r\n\n{"id":"n/2","content":"둘"}\n', { ...NDJSON, accept: 'application/x-ndjson' });
    expect(lines.headers.get('content-type')).toContain('application/x-ndjson');
    expect(lines.text.trim().split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([{ id: 'n1' }, { id: 'n/2', url: '/api/problems/n%2F2' }]);
    expect((await until(async () => { const found = await bench.ask('/api/problems/n%2F2'); return found.status === 200 && found; })).body).toMatchObject({ id: 'n/2' });
  });

  test('with wait, the labels themselves are the answer', async () => {
    const id = newId();
    const waiting = bench.post('/api/problems?wait=10', [{ id, content: TEXT }, { id: `${id}b`, content: TEXT }]);
    await until(async () => (await bench.ask(`/api/problems/${id}b`)).status === 200);
    await bench.tell([labeled(id), labeled(`${id}b`, { decision: 'review' })]);
    const { status, body } = await waiting;
    expect(status).toBe(200);
    expect(body['problems']).toMatchObject([{ id, status: 'accepted', label: { revision: 1 } }, { id: `${id}b`, status: 'review' }]);
  });

  test('with wait, what is not finished in time is pending', async () => {
    const id = await labeledProblem();
    const { status, body } = await bench.post('/api/problems?wait=0.05', [{ id, content: TEXT }, { id: newId(), content: TEXT }]);
    expect(status).toBe(202);
    expect(body['problems']).toMatchObject([{ id, status: 'accepted' }, { status: 'pending' }]);
  });

  test('a rejection ends the waiting', async () => {
    const id = newId();
    const waiting = bench.post('/api/problems?wait=10', { id, content: TEXT });
    await until(async () => (await bench.ask(`/api/problems/${id}`)).status === 200);
    await bench.tell([ProblemRejected.first(`r-${id}`, { id, code: 'INGESTION.EMPTY_TEXT', field: 'content', reason: { ko: '비어 있습니다', en: 'is empty' }, submitted: {} })]);
    expect((await waiting).body).toMatchObject({ id, status: 'rejected', rejection: { code: 'INGESTION.EMPTY_TEXT', field: 'content' } });
  });

  test('the same request again is no new event, and is answered from what is known', async () => {
    const id = await submitted();
    const before = await bench.eventIds('problem.submitted.v1');
    expect((await bench.post('/api/problems', { id, text: TEXT })).status).toBe(202);
    await bench.label(id);
    await withStatus(id, 'accepted');
    const again = await bench.post('/api/problems', { id, text: TEXT });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id, status: 'accepted', label: { revision: 1 } });
    expect(await bench.eventIds('problem.submitted.v1')).toEqual(before);
  });

  test('a known id with another content is refused, the whole batch with it', async () => {
    const id = await submitted();
    const before = await bench.eventIds('problem.submitted.v1');
    const { status, body, headers } = await bench.post('/api/problems', [{ content: '새 문제' }, { id, content: '다른 문제' }]);
    expect(status).toBe(409);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ type: 'urn:math-labeler:problem:gateway-id-conflict', code: 'GATEWAY.ID_CONFLICT', errors: [{ index: 1, field: 'id' }] });
    expect((await bench.post('/api/problems', { id, content: TEXT, metadata: { grade: '2' } })).status).toBe(409);
    expect(await bench.eventIds('problem.submitted.v1')).toEqual(before);
  });

  test('two with one id within a batch: the same once, a different one refused', async () => {
    const id = newId();
    expect((await bench.post('/api/problems', [{ id, content: TEXT }, { id, content: '다른 문제' }])).status).toBe(409);
    const twice = await bench.post('/api/problems', [{ id, content: TEXT }, { id, text: TEXT }]);
    expect(twice.status).toBe(202);
    expect((await bench.eventIds('problem.submitted.v1')).length).toBe(new Set(await bench.eventIds('problem.submitted.v1')).size);
  });

  test('two at the same time with one id bring one event', async () => {
    const id = newId();
    const before = (await bench.eventIds('problem.submitted.v1')).length;
    const answers = await Promise.all([0, 1, 2].map(() => bench.post('/api/problems', { id, content: TEXT })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await bench.eventIds('problem.submitted.v1')).toHaveLength(before + 1);
  });

  test('an Idempotency-Key gives the same ids again, and refuses another body', async () => {
    const key = { 'idempotency-key': 'k1' };
    const first = await bench.post('/api/problems', [{ text: '하나' }, { text: '둘' }], key);
    const again = await bench.post('/api/problems', [{ text: '하나' }, { text: '둘' }], key);
    expect(again.body).toEqual(first.body);
    const other = await bench.post('/api/problems', [{ text: '하나' }, { text: '셋' }], key);
    expect(other).toMatchObject({ status: 409, body: { code: 'GATEWAY.IDEMPOTENCY_KEY_REUSED', errors: [{ index: 1 }] } });
  });

  test('one bad item refuses the batch and every bad item is told, in both languages', async () => {
    const before = await bench.eventIds('problem.submitted.v1');
    const answer = await bench.post('/api/problems', [{ content: TEXT }, { content: ' ' }, { id: {}, content: TEXT }, {}, 7, { content: 'a', text: 'b' }, { content: '가'.repeat(20_001) }, { id: 'x'.repeat(201), text: TEXT }, { id: 'a\u0000', text: TEXT }]);
    expect(answer.status).toBe(422);
    expect(errorsOf(answer).map(({ index, field, code }) => [index, field, code])).toEqual([
      [1, 'content', 'GATEWAY.EMPTY_TEXT'],
      [2, 'id', 'GATEWAY.BAD_FIELD'],
      [3, 'content', 'GATEWAY.MISSING_TEXT'],
      [4, undefined, 'GATEWAY.BAD_FIELD'],
      [5, 'text', 'GATEWAY.BOTH_TEXTS'],
      [6, 'content', 'GATEWAY.TEXT_TOO_LONG'],
      [7, 'id', 'GATEWAY.ID_TOO_LONG'],
      [8, 'id', 'GATEWAY.BAD_ID'],
    ]);
    expect(errorsOf(answer)[0].reason).toEqual({ ko: '비어 있습니다', en: 'is empty' });
    const lines = await bench.post('/api/problems', '{"text":"하나"}\n{"text":\n', NDJSON);
    expect(errorsOf(lines)).toMatchObject([{ index: 1, line: 2, code: 'GATEWAY.BAD_JSON' }]);
    expect(await bench.eventIds('problem.submitted.v1')).toEqual(before);
  });

  test.each([
    ['bad JSON, with its place', '{"id":1,\n "content" 3}', {}, 400, 'GATEWAY.BAD_JSON'],
    ['nothing at all', '', { 'content-type': 'application/json' }, 400, 'GATEWAY.BAD_JSON'],
    ['an empty batch', '[]', {}, 422, 'GATEWAY.EMPTY_BATCH'],
    ['another media type', 'a,b', { 'content-type': 'text/csv' }, 415, 'GATEWAY.WRONG_MEDIA_TYPE'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'GATEWAY.NOT_UTF8'],
    ['more than 1,000 problems', JSON.stringify(Array.from({ length: 1001 }, () => ({ text: 'x' }))), {}, 413, 'GATEWAY.BATCH_TOO_LARGE'],
    ['more than 8 MB', JSON.stringify({ text: 'x'.repeat(8 * 1024 * 1024) }), {}, 413, 'GATEWAY.BODY_TOO_LARGE'],
  ])('%s is refused', async (_what, body, headers, status, code) => {
    const answer = await bench.post('/api/problems', body, headers);
    expect(answer).toMatchObject({ status, body: { status, code, title: expect.any(String), detail: expect.any(String) } });
    if (String(body).includes('"content" 3')) expect(answer.body).toMatchObject({ line: 2, column: 12 });
  });

  test('wait must be a number of seconds up to 60', async () => {
    expect(await bench.post('/api/problems?wait=61', { text: TEXT })).toMatchObject({ status: 400, body: { code: 'GATEWAY.BAD_PARAMETER', errors: [{ field: 'wait' }] } });
  });
});

describe('the read model', () => {
  test('a problem that somebody else published is there too, under the id that ingestion gives it', async () => {
    await bench.platform.broker.publish([{ topic: 'problem.submitted.v1', headers: { ce_id: 'outside-1' }, value: Buffer.from('{"text":"밖에서 온 문제"}') }]);
    expect((await withStatus('outside-1', 'pending')).body).toMatchObject({ content: '밖에서 온 문제' });
  });

  test('that somebody took an id which is taken says nothing about the problem that has it, even when it is heard first', async () => {
    const id = newId();
    await bench.tell([ProblemRejected.first(`taken-${id}`, { id, code: 'INGESTION.ID_CONFLICT', field: 'id', reason: { ko: '이미 있습니다', en: 'is taken' }, submitted: {} })]);
    await until(async () => (await bench.platform.broker.lag()).every(({ group, topic, committed, end }) => group !== 'gateway' || topic !== 'problem.rejected.v1' || committed === end));
    await submitted(id);
    expect((await bench.ask(`/api/problems/${id}`)).body).toMatchObject({ status: 'pending' });
  });

  test('a text with U+0000 comes back whole', async () => {
    const id = await submitted(newId(), 'a\u0000b');
    expect((await bench.ask(`/api/problems/${id}`)).body).toMatchObject({ content: 'a\u0000b' });
  });

  test('the highest revision holds, whatever comes after it', async () => {
    const id = await submitted();
    await bench.tell([labeled(id, { revision: 2, level: 'B', decision: 'corrected', decidedBy: 'reviewer', reviewer: 'kim' })]);
    await withStatus(id, 'corrected');
    await bench.tell([labeled(id, { revision: 1 })]);
    const { body } = await until(async () => { const view = await bench.ask(`/api/problems/${id}`); return (view.body['revisions'] as unknown as unknown[]).length === 2 && view; });
    expect(body).toMatchObject({ status: 'corrected', label: { revision: 2, level: 'B' }, revisions: [{ revision: 1 }, { revision: 2, reviewer: 'kim' }] });
  });

  test('a dead letter makes its problem failed, and putting it back makes it pending', async () => {
    const id = await submitted();
    await bench.bury(id);
    expect((await withStatus(id, 'failed')).body).toMatchObject({ failure: { code: 'BUG', reason: 'boom', service: 'retrieval' } });
    const { body } = await bench.ask('/api/dead-letters?topic=problem.ingested.v1');
    expect(body['deadLetters']).toMatchObject([{ topic: 'problem.ingested.v1', key: id, code: 'BUG', service: 'retrieval', tries: 3 }]);
    expect((await bench.post('/api/dead-letters/redrive', { topic: 'problem.proposed.v1' })).body).toEqual({ redriven: 0 });
    expect((await bench.ask('/api/dead-letters/redrive', { method: 'POST' })).body).toEqual({ redriven: 1 });
    expect((await bench.ask(`/api/problems/${id}`)).body).toMatchObject({ status: 'pending' });
    expect((await bench.post('/api/dead-letters/redrive', {})).body).toEqual({ redriven: 0 });
    await bench.label(id);
    await withStatus(id, 'accepted');
  });

  test('an unknown problem is not found', async () => {
    expect(await bench.ask('/api/problems/none')).toMatchObject({ status: 404, body: { code: 'GATEWAY.UNKNOWN_PROBLEM' } });
  });
});

describe('lists', () => {
  test('are filtered, newest first, page by page', async () => {
    const ids: string[] = [];
    for (const confidence of [0.9, 0.2, 0.95]) ids.unshift(await labeledProblem({ code: '4수01-01', confidence }));
    const page = await bench.ask('/api/problems?standard=4수01-01&limit=2&status=accepted');
    expect(page.body['problems']).toMatchObject([{ id: ids[0], confidence: 0.95, code: '4수01-01', level: 'A', url: `/api/problems/${ids[0]}` }, { id: ids[1] }]);
    const rest = await bench.ask(`/api/problems?standard=4수01-01&limit=2&cursor=${String(page.body['next'])}`);
    expect(rest.body).toEqual({ problems: [expect.objectContaining({ id: ids[2] })] });
    const sure = await bench.ask('/api/problems?standard=4수01-01&minConfidence=0.9');
    expect((sure.body['problems'] as unknown as { id: string }[]).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  });

  test('bad parameters are named', async () => {
    const answer = await bench.ask('/api/problems?status=done&minConfidence=2&limit=0&standard=x');
    expect(answer.status).toBe(400);
    expect(errorsOf(answer).map(({ field }) => field).sort()).toEqual(['limit', 'minConfidence', 'standard', 'status']);
    expect(errorsOf(await bench.ask('/api/problems?cursor=abc'))).toMatchObject([{ field: 'cursor' }]);
  });

  test('reviews come least certain first, with what a reviewer needs', async () => {
    const [sure, unsure] = [await labeledProblem({ decision: 'review', confidence: 0.06 }), await labeledProblem({ decision: 'review', confidence: 0.05, contested: true })];
    const page = await bench.ask('/api/reviews?limit=1');
    expect(page.body['problems']).toMatchObject([{ id: unsure, content: TEXT, confidence: 0.05, contested: true, alternatives: expect.any(Array), reasons: expect.any(Array), evidence: { examples: expect.any(Array) }, category: { 대분류: '수와 연산' } }]);
    expect((await bench.ask(`/api/reviews?limit=1&cursor=${String(page.body['next'])}`)).body['problems']).toMatchObject([{ id: sure }]);
  });
});

describe('POST /api/feedback', () => {
  test('an answer is published once for the present label, and waiting gives the new revision', async () => {
    const id = await labeledProblem();
    const accepted = await bench.post('/api/feedback', { problem_id: id, correct_labels: LABEL, reviewer: 'kim' });
    expect(accepted).toMatchObject({ status: 202, body: { problem_id: id, status: 'accepted', url: `/api/problems/${id}` } });
    const waiting = bench.post('/api/feedback?wait=10', { problem_id: id, correct_labels: LABEL, reviewer: 'kim' });
    const ids = await until(async () => { const all = await bench.eventIds('feedback.submitted.v1'); return all.length >= 2 && all; });
    expect(new Set(ids).size).toBe(1);
    await bench.label(id, { revision: 2, level: 'B', decision: 'corrected', decidedBy: 'reviewer', reviewer: 'kim' });
    expect(await waiting).toMatchObject({ status: 200, body: { id, status: 'corrected', label: { revision: 2, level: 'B' } } });
  });

  test('what the feedback service refuses ends the waiting and is seen with the problem', async () => {
    const id = await labeledProblem();
    const waiting = bench.post('/api/feedback?wait=10', { problem_id: id, confirm: true });
    const event = await until(async () => { for await (const record of bench.platform.broker.read('feedback.submitted.v1', { untilIdle: 0 })) if (record.key === id) return record; return undefined; });
    expect(JSON.parse(Buffer.from(event.value).toString())).toMatchObject({ problem_id: id, confirm: true, reviewer: 'anonymous' });
    const cause = { ...FeedbackSubmitted.first(event.headers['ce_id'], { problem_id: id, confirm: true }), source: 'gateway', time: new Date().toISOString() };
    await bench.tell([FeedbackRejected.from(cause, { id, code: 'FEEDBACK.UNKNOWN_PROBLEM', reason: { ko: '모르는 문제입니다', en: 'is not known' }, submitted: {} })]);
    expect((await waiting).status).toBe(202);
    expect((await bench.ask(`/api/problems/${id}`)).body).toMatchObject({ refusedFeedback: { code: 'FEEDBACK.UNKNOWN_PROBLEM' } });
  });

  test('is checked at once', async () => {
    const [labeledId, pendingId] = [await labeledProblem(), await submitted()];
    const refused = (body: object) => bench.post('/api/feedback', body);
    expect(await refused({ problem_id: 'none', confirm: true })).toMatchObject({ status: 404, body: { code: 'FEEDBACK.UNKNOWN_PROBLEM' } });
    expect(await refused({ problem_id: pendingId, confirm: true })).toMatchObject({ status: 409, body: { code: 'FEEDBACK.NOT_LABELED' } });
    expect(await refused({ problem_id: labeledId })).toMatchObject({ status: 422, body: { code: 'FEEDBACK.ONE_ANSWER' } });
    expect(await refused({ problem_id: labeledId, correct_labels: { '하위 분류': '[2수09-01-A]' } })).toMatchObject({ status: 422, body: { code: 'FEEDBACK.UNKNOWN_CODE', errors: [{ field: 'correct_labels.하위 분류', reason: { ko: expect.any(String), en: expect.any(String) } }] } });
    expect(await refused({ confirm: 'yes' })).toMatchObject({ status: 422, body: { code: 'GATEWAY.BAD_FIELD' } });
  });
});

describe('the API’s document', () => {
  const fill = (path: string) => path.replace('{id}', 'none');

  test('names every route there is, and no other', async () => {
    const { paths } = (await bench.ask('/api/docs-json')).body as unknown as { paths: Record<string, Record<string, object>> };
    const documented = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    for (const route of documented) {
      const [method, path] = route.split(' ');
      expect((await bench.ask(fill(path), { method: method.toUpperCase() })).body['code']).not.toBe('GATEWAY.NO_SUCH_ROUTE');
    }
    expect(documented.sort()).toEqual(routesOf(GatewayModule).filter((route) => !route.includes('/api/docs')).sort());
  });

  test('describes the answers as they are', async () => {
    const id = await labeledProblem({ decision: 'review' });
    const pending = await bench.post('/api/problems', [{ id, content: TEXT }, { text: TEXT }]);
    await bench.bury('letter');
    const checks: [z.ZodType, string][] = [
      [answers.problemView, `/api/problems/${id}`],
      [answers.problemList, '/api/problems'],
      [answers.reviewList, '/api/reviews'],
      [answers.curriculumTree, '/api/curriculum'],
      [answers.deadLetterList, '/api/dead-letters'],
      [answers.health, '/health/ready'],
      [answers.problemDetails, '/api/problems?limit=x'],
    ];
    expect(isExactly(answers.submitted, pending.body)).toBe(true);
    for (const [schema, path] of checks) expect([path, isExactly(schema, (await bench.ask(path)).body)]).toEqual([path, true]);
  });

  test('is read on a page that needs nothing from elsewhere', async () => {
    const { text } = await bench.ask('/api/docs');
    const assets = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
    expect(assets).toHaveLength(4);
    for (const path of assets) expect([path, (await bench.ask(path)).status]).toEqual([path, 200]);
    expect((await bench.ask('/api/docs/..%2Fpackage.json')).status).toBe(404);
  });
});

describe('the rest', () => {
  test('the curriculum comes as domains, units and standards, and is not sent twice', async () => {
    const answer = await bench.ask('/api/curriculum');
    expect(answer.body['domains']).toMatchObject([{ 대분류: '수와 연산', units: expect.arrayContaining([expect.objectContaining({ 중분류: '네 자리 이하의 수', standards: expect.arrayContaining([expect.objectContaining({ code: '2수01-01' })]) })]) }, {}, {}, {}]);
    const again = await bench.ask('/api/curriculum', { headers: { 'if-none-match': answer.headers.get('etag')! } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('health tells of every service, and one that hangs is not ready', async () => {
    expect(await bench.ask('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await bench.ask('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready', services: { gateway: { status: 'well', held: 0, overdue: 0 } } } });
    const health = { joined: true, held: 3, active: 3, stalledMs: 31_000, overdue: 1 };
    for (const [bad, status] of [[health, 'stalled'], [{ ...health, stalledMs: 0, failed: new Error('x') }, 'failed'], [undefined, 'starting']] as const) {
      bench.services = [{ service: 'labeling', health: bad }];
      expect(await bench.ask('/health/ready')).toMatchObject({ status: 503, body: { status: 'unwell', services: { labeling: { status } } } });
    }
    bench.services = [];
  });

  test('metrics tell of lag, events in flight, labels and requests', async () => {
    const { text } = await bench.ask('/metrics');
    expect(text).toMatch(/mathlabeler_lag_events\{group="gateway",topic="problem.labeled.v1"\} 0/);
    expect(text).toMatch(/mathlabeler_in_flight_events\{service="gateway"\} 0/);
    expect(text).toMatch(/mathlabeler_decisions_total\{decision="accepted",decided_by="votes"\} \d/);
    expect(text).toMatch(/mathlabeler_http_request_seconds_count\{method="POST",route="\/api\/problems",status="202"\} \d/);
  });

  test('while the model is not there, calls are asked to come again and are told how far it is', async () => {
    bench.state = { ready: false, training: 0.4219 };
    const refused = await bench.post('/api/problems', { text: TEXT });
    expect(refused).toMatchObject({ status: 503, body: { code: 'GATEWAY.STARTING', training: 0.4219, detail: expect.stringContaining('42%') } });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await bench.ask('/health/ready')).toMatchObject({ status: 503, body: { status: 'starting', training: 0.4219 } });
    for (const path of ['/api/docs', '/api/docs-json', '/health/live', '/metrics']) expect((await bench.ask(path)).status).toBe(200);
    bench.state = { ready: true };
  });

  test.each([
    ['an address with Korean that is not encoded', 'GET /api/problems?standard=2수01-01 HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n', 400, 'GATEWAY.BAD_ADDRESS'],
    ['headers without end', `GET /api/problems HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'GATEWAY.HEADERS_TOO_LARGE'],
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'GATEWAY.BAD_REQUEST'],
  ])('%s is answered by a problem document', async (_, request, status, code) => {
    const answer = await sendRaw(bench.gateway.address, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code, title: expect.stringMatching(/[가-힣]/) });
  });

  test('problem documents speak the language that is asked for', async () => {
    const english = await bench.ask('/api/none', { headers: { 'accept-language': 'en-US,ko;q=0.5' } });
    expect(english).toMatchObject({ status: 404, body: { code: 'GATEWAY.NO_SUCH_ROUTE', title: 'Not found', detail: 'there is no such address: GET /api/none' } });
    expect((await bench.ask('/api/none')).body).toMatchObject({ title: '찾을 수 없음' });
  });

  test('a log that cannot be written is told as such, and an error of our own is logged but not told', async () => {
    const { broker } = bench.platform;
    const publish = broker.publish.bind(broker);
    broker.publish = () => Promise.reject(new Error('disk /secret/path'));
    const failed = await bench.post('/api/problems', { id: 'again', text: TEXT });
    broker.publish = publish;
    expect(failed).toMatchObject({ status: 500, body: { code: 'GATEWAY.INTERNAL' } });
    expect(failed.text).not.toContain('secret');
    expect(bench.logged.find((line) => line.includes('secret'))).toContain('"stack"');
    expect((await bench.post('/api/problems', { id: 'again', text: TEXT })).status).toBe(202);
  });

  test('no body is ever logged', () => {
    expect(bench.logged.filter((line) => line.includes('읽고 쓰세요'))).toEqual([]);
  });

  test('pages have no business reading answers as something else', async () => {
    expect((await bench.ask('/health/live')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});

test('a letter that was put back is not found again after a restart', async () => {
  const id = await submitted();
  await bench.bury(id);
  await withStatus(id, 'failed');
  await bench.post('/api/dead-letters/redrive', {});
  await bench.close();
  await bench.open();
  expect((await bench.ask(`/api/problems/${id}`)).body).toMatchObject({ status: 'pending' });
});

test('after a restart everything is still known, and what was in the log is read on', async () => {
  const id = await labeledProblem();
  const id2 = newId();
  await bench.gateway.close();
  await new EventPublisher(bench.platform.broker, 'test', Date.now).publish([labeled(id2)]);
  await bench.platform.close();
  await bench.open();
  expect((await bench.ask(`/api/problems/${id}`)).body).toMatchObject({ status: 'accepted' });
  await withStatus(id2, 'accepted');
});

/** Sends bytes as they are; gives everything that comes back. */
function sendRaw(address: string, request: string): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.setEncoding('utf8').on('data', (piece: string) => (answer += piece)).on('close', () => resolve(answer)).on('error', reject);
  });
}
