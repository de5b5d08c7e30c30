import { type APIS } from './open-model.js';

/** How a provider says things in one of the two interfaces: bodies of replies with status 200. */
export interface Voice {
  readonly api: (typeof APIS)[number];
  /** Where the request says which form the answer has to have; undefined where it says nothing. */
  formatIn(body: Readonly<Record<string, unknown>>): string | undefined;
  answered(text: string): object;
  refused(words: string): object;
  cut(text: string): object;
  filtered(): object;
  /** One token with its log probability and one other. */
  withLogprobs(): object;
  /** Without usage, model and everything else that is not needed. */
  bare(text: string): object;
}

const usage = { prompt_tokens: 20, completion_tokens: 9, total_tokens: 29, prompt_tokens_details: { cached_tokens: 16 }, completion_tokens_details: { reasoning_tokens: 4 } };
const choice = (message: object, finish_reason: string, logprobs: object | null = null) => ({ object: 'chat.completion', model: 'm-1', choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason, logprobs }], usage });
const tokens = [{ token: '1', logprob: -0.25, bytes: [49], top_logprobs: [{ token: '2', logprob: -1.5, bytes: [50] }] }];

export const chatVoice: Voice = {
  api: 'chat',
  formatIn: ({ response_format: format }) => (format as { type: string } | undefined)?.type,
  answered: (text) => choice({ content: text }, 'stop'),
  refused: (words) => choice({ content: null, refusal: words }, 'stop'),
  cut: (text) => choice({ content: text }, 'length'),
  filtered: () => choice({ content: null }, 'content_filter'),
  withLogprobs: () => choice({ content: '1' }, 'stop', { content: tokens }),
  bare: (text) => ({ choices: [{ message: { content: text } }] }),
};

const responseUsage = { input_tokens: 20, input_tokens_details: { cached_tokens: 16 }, output_tokens: 9, output_tokens_details: { reasoning_tokens: 4 }, total_tokens: 29 };
const message = (...content: object[]) => [{ type: 'reasoning', summary: [] }, { type: 'message', role: 'assistant', content }];
const response = (output: object[], more: object = {}) => ({ object: 'response', status: 'completed', model: 'm-1', output, usage: responseUsage, ...more });
const incomplete = (reason: string) => ({ status: 'incomplete', incomplete_details: { reason } });

export const responsesVoice: Voice = {
  api: 'responses',
  formatIn: ({ text }) => (text as { format: { type: string } } | undefined)?.format.type,
  answered: (text) => response(message({ type: 'output_text', text, annotations: [] })),
  refused: (words) => response(message({ type: 'refusal', refusal: words })),
  cut: (text) => response(message({ type: 'output_text', text }), incomplete('max_output_tokens')),
  filtered: () => response([], incomplete('content_filter')),
  withLogprobs: () => response(message({ type: 'output_text', text: '1', logprobs: tokens })),
  bare: (text) => ({ output: [{ type: 'message', content: [{ type: 'output_text', text }] }] }),
};
