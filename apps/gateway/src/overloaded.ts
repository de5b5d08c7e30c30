import { type Admission } from './admission.js';
import { ApiProblem } from './problem-document.js';

/** Too many problems are on their way: the sender should come again when there is room. */
export function overloaded({ onTheirWay, retryAfterSeconds }: Admission): ApiProblem {
  const detail = { ko: `처리 중인 문제가 많습니다 (${onTheirWay}개). ${retryAfterSeconds}초 뒤에 다시 보내 주세요.`, en: `${onTheirWay} problems are on their way; send it again in ${retryAfterSeconds} s` };
  return new ApiProblem(429, 'GATEWAY.OVERLOADED', detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
}
