import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { ApiProblem, problemDocument } from './problem-document.js';

/** Answers what is no request of HTTP, so that there are no headers to tell the language by. */
export function answerUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const problem = problemOf(code);
  const body = JSON.stringify(problemDocument(problem, 'ko'));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    'content-language: ko',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOf(code: string | undefined): ApiProblem {
  switch (code) {
    case 'HPE_INVALID_URL':
      return new ApiProblem(400, 'GATEWAY.BAD_ADDRESS', both('주소에 쓸 수 없는 글자가 있습니다. 한글과 빈칸은 퍼센트 인코딩해야 합니다 (curl -G --data-urlencode)', 'the address holds characters that must be percent-encoded (curl -G --data-urlencode)'));
    case 'HPE_HEADER_OVERFLOW':
      return new ApiProblem(431, 'GATEWAY.HEADERS_TOO_LARGE', both('헤더가 너무 큽니다', 'the headers are too large'));
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ApiProblem(408, 'GATEWAY.REQUEST_TIMEOUT', both('요청이 제때 끝나지 않았습니다', 'the request did not end in time'));
    default:
      return new ApiProblem(400, 'GATEWAY.BAD_REQUEST', both('HTTP 요청으로 읽을 수 없습니다', 'cannot be read as an HTTP request'));
  }
}

/** In one sentence. */
function both(ko: string, en: string): { ko: string; en: string } {
  return { ko: `${ko} · ${en}`, en };
}
