import { derivedId, type Feedback, feedback, FeedbackSubmitted } from '@math-labeler/contracts';
import { readAnswer } from '@math-labeler/labeler';
import { EventPublisher } from '@math-labeler/messaging';
import { Body, Controller, Headers, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from './access/needs.js';
import type { GatewayParts } from './gateway-parts.js';
import { ApiProblem } from './problem-document.js';
import { PARTS } from './parts-token.js';
import { readBody, readQuery, waitQuery } from './read-query.js';
import { type KnownProblem, ProblemViewStore } from './stores/problem-view.store.js';
import { urlOf, viewJson } from './view-json.js';
import { WaitingRequests } from './waiting-requests.js';

@Controller('api/feedback')
export class FeedbackController {
  constructor(
    private readonly views: ProblemViewStore,
    private readonly publisher: EventPublisher,
    private readonly waiting: WaitingRequests,
    @Inject(PARTS) private readonly parts: GatewayParts,
  ) {}

  @Post()
  @Needs('review')
  async submit(@Body() body: unknown, @Query() query: unknown, @Headers('idempotency-key') key: string | undefined, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { wait } = readQuery(query, waitQuery);
    const given = readBody(body, feedback);
    const problem = await this.labeled(String(given.problem_id));
    const reviewer = request.caller?.name ?? given.reviewer ?? 'anonymous';
    const event = FeedbackSubmitted.first(this.eventId(problem, reviewer, given, key), { ...given, problem_id: problem.id, reviewer });
    const watch = wait > 0 ? this.waiting.watch([problem.id], ({ revision, refused }) => revision > problem.revision || refused === event.id) : undefined;
    try {
      await this.publisher.publish([event]);
      await watch?.settled(wait * 1000);
    } finally {
      watch?.end();
    }
    const [view] = watch === undefined ? [] : await this.views.views([problem.id]);
    if (view !== undefined && view.revision > problem.revision) void reply.code(200).type('application/json; charset=utf-8').send(viewJson(view));
    else void reply.code(202).send({ problem_id: problem.id, status: 'accepted', url: urlOf(problem.id) });
  }

  private async labeled(id: string): Promise<KnownProblem> {
    const [problem] = await this.views.known([id]);
    if (problem === undefined) throw new ApiProblem(404, 'FEEDBACK.UNKNOWN_PROBLEM', { ko: `모르는 문제입니다: ${id}`, en: `is not a known problem: ${id}` });
    if (problem.revision === 0) throw new ApiProblem(409, 'FEEDBACK.NOT_LABELED', { ko: `아직 라벨이 없는 문제입니다: ${id}`, en: `has no label yet: ${id}` });
    return problem;
  }

  /** The same answer to the same label is one event, however often it is sent. */
  private eventId({ id, revision }: KnownProblem, reviewer: string, given: Feedback, key: string | undefined): string {
    const answer = readAnswer(given, this.parts.curriculum);
    if (answer.kind === 'fault') {
      const { code, field, reason } = answer;
      throw new ApiProblem(422, code, reason, { errors: [{ code, field, reason }] });
    }
    return derivedId('feedback', id, reviewer, JSON.stringify(answer), key ?? String(revision));
  }
}
