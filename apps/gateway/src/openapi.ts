import { feedback, FeedbackSubmitted, ProblemLabeled, submission } from '@math-labeler/contracts';
import { z } from 'zod';
import * as answers from './openapi-schemas.js';
import { deadLetterQuery, listQuery, redriveBody, reviewQuery, waitQuery } from './read-query.js';
import { LARGEST_BATCH } from './read-submissions.js';

interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The least role of a key; undefined: anybody. */
  readonly role?: 'submit' | 'review' | 'operate';
  readonly query?: z.ZodObject;
  readonly headers?: readonly string[];
  readonly body?: Readonly<Record<string, object>>;
  readonly answers: Readonly<Record<number, readonly [description: string, schema?: keyof typeof answers, example?: unknown]>>;
  /** Statuses of problem documents beside 401, 403, 429 and 503. */
  readonly problems?: readonly number[];
}

const [LABEL] = ProblemLabeled.examples;
const PROBLEM = { id: 1, content: '100 이하의 수를 읽고 쓰세요.', metadata: { source: '여름 문제집' } };
const PENDING = { id: '1', status: 'pending', url: '/api/problems/1' };
const VIEW = {
  id: '1', status: 'accepted', url: '/api/problems/1', content: PROBLEM.content, submittedAt: '2026-01-02T03:04:05.000Z', label: LABEL,
  stages: [{ stage: 'submitted', at: '2026-01-02T03:04:05.000Z', ms: 0 }, { stage: 'labeled', at: '2026-01-02T03:04:05.020Z', ms: 20 }],
  revisions: [{ revision: 1, code: '2수01-01', level: 'A', decision: 'accepted', decidedBy: 'votes', at: '2026-01-02T03:04:05.020Z' }],
};
const REASONS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read, or a parameter is not valid', 401: 'A key is needed, or is not known', 403: 'The key’s role does not allow it; without keys: not from this machine', 404: 'Not known',
  409: 'In conflict with what is known: nothing was taken', 413: 'Too large', 415: 'Not JSON or NDJSON', 422: 'Not valid: nothing was taken; every fault is listed', 429: 'Too many problems on their way, or too many requests: come again after Retry-After', 503: 'The model is being made ready: come again after Retry-After',
};

const one = z.toJSONSchema(submission, { io: 'input' });

const OPERATIONS: readonly Operation[] = [
  {
    method: 'post', path: '/api/problems', tag: 'problems', role: 'submit', summary: '문제 보내기 · Submit problems',
    description: `문제 하나, 배열, NDJSON 가운데 하나로 최대 ${LARGEST_BATCH}개. 모두 받거나 하나도 받지 않습니다. 로그에 적힌 뒤에 답합니다. 같은 id나 같은 Idempotency-Key로 다시 보내도 아무것도 바뀌지 않습니다. · One problem, an array, or NDJSON, at most ${LARGEST_BATCH}; taken whole or not at all. Answered once the log has them. Sent again under the same ids, or with the same Idempotency-Key, it changes nothing. With Accept: application/x-ndjson a batch is answered line by line.`,
    query: waitQuery, headers: ['Idempotency-Key'],
    body: { 'application/json': { schema: { oneOf: [one, { type: 'array', items: one, maxItems: LARGEST_BATCH }] }, examples: { one: { value: PROBLEM }, batch: { value: [PROBLEM, { text: '사과 3개와 배 2개는 모두 몇 개입니까?' }] } } }, 'application/x-ndjson': { schema: { type: 'string' }, example: `${JSON.stringify(PROBLEM)}\n` } },
    answers: { 200: ['All are finished', 'submitted', VIEW], 202: ['Accepted; what is not finished is pending', 'submitted', PENDING] }, problems: [400, 409, 413, 415, 422],
  },
  { method: 'get', path: '/api/problems', tag: 'problems', role: 'submit', summary: '문제 목록, 새것부터 · Problems, newest first', query: listQuery, answers: { 200: ['A page', 'problemList'] }, problems: [400] },
  { method: 'get', path: '/api/problems/{id}', tag: 'problems', role: 'submit', summary: '문제 하나: 라벨, 단계마다의 시각, 판 · A problem: its label, every stage with its time, its revisions', answers: { 200: ['What is known of it', 'problemView', VIEW] }, problems: [404] },
  { method: 'get', path: '/api/reviews', tag: 'review', role: 'review', summary: '사람이 볼 라벨, 가장 불확실한 것부터 · Labels that a person should look at, least certain first', query: reviewQuery, answers: { 200: ['A page', 'reviewList'] }, problems: [400] },
  {
    method: 'post', path: '/api/feedback', tag: 'review', role: 'review', summary: '검토자의 답: 옳은 라벨, 또는 지금 라벨이 옳다는 것 · A reviewer’s answer: the right label, or that the present one is right',
    description: '키가 있으면 검토자는 키의 이름입니다. · With keys, the reviewer is the key’s name.', query: waitQuery, headers: ['Idempotency-Key'],
    body: { 'application/json': { schema: z.toJSONSchema(feedback, { io: 'input' }), examples: { correct: { value: FeedbackSubmitted.examples[0] }, confirm: { value: FeedbackSubmitted.examples[1] } } } },
    answers: { 200: ['The problem with its new revision', 'feedbackAccepted'], 202: ['Accepted', 'feedbackAccepted', { problem_id: '101', status: 'accepted', url: '/api/problems/101' }] }, problems: [400, 404, 409, 415, 422],
  },
  { method: 'get', path: '/api/curriculum', tag: 'curriculum', role: 'submit', summary: '2022 개정 교육과정: 대분류, 중분류, 성취기준, 성취수준 · The 2022 curriculum: domains, units, standards, levels', headers: ['If-None-Match'], answers: { 200: ['The curriculum', 'curriculumTree'], 304: ['As known'] } },
  { method: 'get', path: '/api/dead-letters', tag: 'operation', role: 'operate', summary: '처리하지 못했고 아직 되돌리지 않은 것 · What could not be handled and nobody has put back', query: deadLetterQuery, answers: { 200: ['Oldest first', 'deadLetterList'] }, problems: [400] },
  {
    method: 'post', path: '/api/dead-letters/redrive', tag: 'operation', role: 'operate', summary: '원인을 고친 뒤 데드 레터를 되돌리기 · Put dead letters back, once their cause is mended',
    body: { 'application/json': { schema: z.toJSONSchema(redriveBody, { io: 'input' }), example: { topic: 'problem.ingested.v1' } } }, answers: { 200: ['Done', 'redriven', { redriven: 3 }] }, problems: [400, 415, 422],
  },
  { method: 'get', path: '/health/live', tag: 'operation', summary: '프로세스가 살아 있는지 · Whether the process turns', answers: { 200: ['It does'] } },
  { method: 'get', path: '/health/ready', tag: 'operation', summary: '모든 서비스가 움직이는지 · Whether every service moves', answers: { 200: ['Ready', 'health'], 503: ['Not ready', 'health'] } },
  { method: 'get', path: '/metrics', tag: 'operation', role: 'operate', summary: '프로메테우스 지표 · Metrics for Prometheus', answers: { 200: ['Text'] } },
];

/** The OpenAPI 3.1 document of the API, made of the schemas that the code itself reads with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  return {
    openapi: '3.1.0',
    info: { title: 'Math Labeler', version: '1', description: '초등 수학 문제를 2022 개정 교육과정의 대분류, 중분류, 하위 분류로 라벨링합니다. · Labels Korean elementary mathematics problems with the national curriculum.' },
    tags: ['problems', 'review', 'curriculum', 'operation'].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(answers).map(([name, schema]) => [name, jsonSchema(schema)])),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'Once there are API keys (mathlabel keys add)' }, header: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    },
  };
}

function operationObject({ path, tag, summary, description, role, query, headers = [], body, answers: told, problems = [] }: Operation): object {
  const statuses = role === undefined ? [] : [...problems, 401, 403, 429, 503].sort();
  return {
    tags: [tag],
    summary,
    ...(description === undefined && role === undefined ? {} : { description: [description, role === undefined ? undefined : `Role: ${role}.`].filter(Boolean).join(' ') }),
    ...(role === undefined ? { security: [] } : { security: [{ bearer: [] }, { header: [] }, {}] }),
    parameters: [...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []), ...queryParameters(query), ...headers.map((name) => ({ name, in: 'header', schema: { type: 'string' } }))],
    ...(body === undefined ? {} : { requestBody: { required: path !== '/api/dead-letters/redrive', content: body } }),
    responses: {
      ...Object.fromEntries(Object.entries(told).map(([status, [text, schema, example]]) => [status, { description: text, ...(schema === undefined ? {} : { content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, ...(example === undefined ? {} : { example }) } } }) }])),
      ...Object.fromEntries(statuses.map((status) => [status, { description: REASONS[status], content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problemDetails' } } } }])),
    },
  };
}

function queryParameters(query: z.ZodObject | undefined): object[] {
  if (query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: 'input' });
}
