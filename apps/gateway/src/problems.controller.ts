import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from './access/needs.js';
import { ApiProblem } from './problem-document.js';
import { cursorOf, listQuery, readCursor, readQuery, waitQuery } from './read-query.js';
import { readSubmissions } from './read-submissions.js';
import { ProblemViewStore } from './stores/problem-view.store.js';
import { type Answer, SubmitProblems } from './submit-problems.js';
import { pendingJson, urlOf, viewJson } from './view-json.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const NDJSON_TYPE = 'application/x-ndjson; charset=utf-8';

@Controller('api/problems')
export class ProblemsController {
  constructor(
    private readonly submissions: SubmitProblems,
    private readonly views: ProblemViewStore,
  ) {}

  @Post()
  @Needs('submit', { admits: true })
  async submit(@Body() body: unknown, @Query() query: unknown, @Headers('idempotency-key') key: string | undefined, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { wait } = readQuery(query, waitQuery);
    const { isSingle, problems } = readSubmissions(body);
    // Two clients may well choose the same key.
    const idempotencyKey = key === undefined ? undefined : JSON.stringify([request.caller?.name ?? null, key]);
    const answers = await this.submissions.submit(problems, { idempotencyKey, waitMs: wait * 1000 });
    void reply.code(answers.every(({ view }) => view !== undefined) ? 200 : 202);
    if (isSingle) void reply.header('location', urlOf(answers[0].id)).type(JSON_TYPE).send(answerJson(answers[0]));
    else if (request.headers.accept?.includes('ndjson')) void reply.type(NDJSON_TYPE).send(answers.map((answer) => `${answerJson(answer)}\n`).join(''));
    else void reply.type(JSON_TYPE).send(`{"problems":[${answers.map(answerJson).join(',')}]}`);
  }

  @Get()
  @Needs('submit')
  async list(@Query() query: unknown): Promise<object> {
    const { cursor, ...wanted } = readQuery(query, listQuery);
    const { rows, next } = await this.views.list({ ...wanted, cursor: readCursor(cursor, 1) });
    return { problems: rows.map((row) => ({ ...row, url: urlOf(row.id) })), ...(next === undefined ? {} : { next: cursorOf(next) }) };
  }

  @Get(':id')
  @Needs('submit')
  async find(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const [view] = await this.views.views([id]);
    if (view === undefined) throw new ApiProblem(404, 'GATEWAY.UNKNOWN_PROBLEM', { ko: `모르는 문제입니다: ${id}`, en: `is not a known problem: ${id}` });
    void reply.type(JSON_TYPE).send(viewJson(view));
  }
}

function answerJson({ id, view }: Answer): string {
  return view === undefined ? pendingJson(id) : viewJson(view);
}
