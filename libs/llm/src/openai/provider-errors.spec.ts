import { PermanentError } from '@math-labeler/contracts';
import { ModelUnavailable } from '../model-unavailable.js';
import { complaintIn, errorOf } from './provider-errors.js';

const refusal = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, body, headers: new Headers(headers) });
const meaning = (...given: Parameters<typeof refusal>) => {
  const error = errorOf(refusal(...given), 0);
  return error instanceof PermanentError ? error.code : [error.code, error.retryAfterMs];
};

describe('what an error means', () => {
  it.each<[string, Parameters<typeof refusal>, unknown]>([
    // platform.openai.com/docs/guides/error-codes
    ['OpenAI: too fast', [429, { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' }, { 'retry-after-ms': '820' }], ['LLM.BUSY', 820]],
    ['OpenAI: no credit', [429, { message: 'You exceeded your current quota, please check your plan and billing details.', type: 'insufficient_quota', param: null, code: 'insufficient_quota' }], 'LLM.OUT_OF_CREDIT'],
    ['OpenAI: a limit on spending', [400, { type: 'invalid_request_error', code: 'billing_hard_limit_reached' }], 'LLM.OUT_OF_CREDIT'],
    ['OpenAI: overloaded', [503, { message: 'The engine is currently overloaded, please try again later' }, { 'retry-after': '3' }], ['LLM.OUT_OF_ORDER', 3_000]],
    ['OpenAI: too long', [400, { message: "This model's maximum context length is 128000 tokens.", param: 'messages', code: 'context_length_exceeded' }], 'LLM.TOO_LONG'],
    ['OpenAI: an unknown country', [403, { message: 'Country, region, or territory not supported' }], 'LLM.NOT_LET_IN'],
    ['Google: each minute has a quota, too', [429, [{ error: { code: 429, message: 'You exceeded your current quota', status: 'RESOURCE_EXHAUSTED' } }]], ['LLM.BUSY', undefined]],
    ['DeepSeek: no balance', [402, { message: 'Insufficient Balance' }], 'LLM.OUT_OF_CREDIT'],
    ['vLLM: too long, in words only', [400, { object: 'error', message: "This model's maximum context length is 16384 tokens. However, you requested 19591 tokens", type: 'BadRequestError', param: null, code: 400 }], 'LLM.TOO_LONG'],
    ['vLLM: nothing left for the answer', [400, { object: 'error', message: 'max_tokens must be at least 1, got -186.', code: 400 }], 'LLM.TOO_LONG'],
    ['vLLM: another model', [404, { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 }], 'LLM.NO_SUCH_MODEL'],
    ['llama.cpp: too long', [400, { code: 400, message: 'request (9010 tokens) exceeds the available context size (4096 tokens), try increasing it', type: 'exceed_context_size_error' }], 'LLM.TOO_LONG'],
    ['llama.cpp: a wrong key', [401, { code: 401, message: 'Invalid API Key', type: 'authentication_error' }], 'LLM.NOT_LET_IN'],
    ['llama.cpp: still loading', [503, { code: 503, message: 'Loading model', type: 'unavailable_error' }], ['LLM.OUT_OF_ORDER', undefined]],
    ['a gateway in between', [504, '<html>504 Gateway Time-out</html>'], ['LLM.TIMEOUT', undefined]],
    ['a body that is too large', [413, ''], 'LLM.TOO_LONG'],
    ['anything else', [418, undefined], 'LLM.REFUSED_REQUEST'],
  ])('%s', (_what, given, expected) => expect(meaning(...given)).toEqual(expected));

  it('is told with the status and what the server says', () => {
    const error = errorOf(refusal(500, { message: 'CUDA out\nof memory' }), 0);
    expect(error).toBeInstanceOf(ModelUnavailable);
    expect(error.message).toBe("the model's server answers 500: CUDA out of memory");
  });
});

describe('what a server complains about', () => {
  it.each([
    ['in a field error', { error: { message: 'no', code: 'c', type: 't', param: 'p' } }, { message: 'no', code: 'c', type: 't', parameter: 'p' }],
    ['without that field', { object: 'error', message: 'no', code: 400, param: null }, { message: 'no', code: '400', type: '' }],
    ['in a text (LM Studio)', { error: "'response_format.type' must be 'json_schema'" }, { message: "'response_format.type' must be 'json_schema'", code: '', type: '' }],
    ['in a list (FastAPI)', { detail: [{ loc: ['body', 'store'] }] }, { message: '[{"loc":["body","store"]}]', code: '', type: '' }],
    ['in a page', 'Bad Gateway', { message: 'Bad Gateway', code: '', type: '' }],
    ['not at all', undefined, { message: 'status 400', code: '', type: '' }],
  ])('%s', (_where, body, complaint) => expect(complaintIn(refusal(400, body))).toEqual(complaint));

  it('is cut where it is long, and shows no key', () => {
    const { message } = complaintIn(refusal(400, { message: `Bearer abc.def sk-proj-1234 ${'x'.repeat(999)}` }));
    expect(message).toMatch(/^Bearer … sk-… x+…$/);
    expect(message).toHaveLength(300);
  });
});
