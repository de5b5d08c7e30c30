import { TransientError } from '@math-labeler/contracts';
import { type Logger } from '@math-labeler/service-kit';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ApiProblem, languageOf, problemDocument } from './problem-document.js';

/** Whatever goes wrong with a request becomes a problem document; what is our own fault is logged with its stack and not told. */
@Catch()
export class ProblemDocuments implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemOf(error, request);
    const about = { method: request.method, path: request.url.split('?', 1)[0], status: problem.status, code: problem.code };
    if (problem.status >= 500 && problem.code !== 'GATEWAY.STARTING') this.logger.error({ ...about, err: error }, 'request failed');
    else this.logger.debug(about, 'request refused');
    sendProblem(problem, request, http.getResponse<FastifyReply>());
  }
}

export function sendProblem(problem: ApiProblem, request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(request.headers['accept-language']);
  void reply
    .code(problem.status)
    .headers({ 'content-language': language, vary: 'accept-language', ...problem.particulars.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemDocument(problem, language)));
}

function problemOf(error: unknown, { method, url, headers }: FastifyRequest): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof TransientError) {
    const detail = { ko: '로그나 저장소를 지금 쓸 수 없습니다. 잠시 뒤에 다시 보내 주세요.', en: 'log or stores cannot be used just now; send it again in a moment' };
    return new ApiProblem(503, 'GATEWAY.UNAVAILABLE', detail, { headers: { 'retry-after': String(Math.ceil((error.retryAfterMs ?? 2000) / 1000)) } });
  }
  // Nest makes its own exceptions of Fastify's.
  const { statusCode } = error as { readonly statusCode?: number };
  const status = error instanceof HttpException ? error.getStatus() : (statusCode ?? 500);
  if (status === 413) return new ApiProblem(413, 'GATEWAY.BODY_TOO_LARGE', { ko: '본문이 8 MB를 넘습니다', en: 'the body is larger than 8 MB' });
  if (status === 415) return wrongMediaType(headers['content-type']);
  if (status === 404) return new ApiProblem(404, 'GATEWAY.NO_SUCH_ROUTE', { ko: `없는 주소입니다: ${method} ${url}`, en: `there is no such address: ${method} ${url}` });
  if (status >= 400 && status < 500) return new ApiProblem(400, 'GATEWAY.BAD_REQUEST', { ko: '요청을 읽을 수 없습니다', en: 'the request cannot be read' });
  return new ApiProblem(500, 'GATEWAY.INTERNAL', { ko: '서버 오류입니다. 서버의 로그에 까닭이 있습니다.', en: 'an internal error; the server’s log has the reason' });
}

function wrongMediaType(given: string | undefined): ApiProblem {
  return new ApiProblem(415, 'GATEWAY.WRONG_MEDIA_TYPE', {
    ko: `application/json이나 application/x-ndjson이어야 합니다${given === undefined ? '' : ` (받은 것: ${given})`}`,
    en: `must be application/json or application/x-ndjson${given === undefined ? '' : ` (got ${given})`}`,
  });
}
