import { type Reply } from '../language-model.js';
import { type APIS } from './open-model.js';

/** What a provider sends for a question, and what it means. */
export interface RecordedReply {
  readonly from: string;
  readonly api: (typeof APIS)[number];
  readonly body: object;
  readonly means: Reply;
}

const TEXT = '{"standard":"1"}';
const NOTHING = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };

/** platform.openai.com/docs/api-reference/chat/object */
const openAiChat = {
  id: 'chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG',
  object: 'chat.completion',
  created: 1741570283,
  model: 'gpt-4o-2024-08-06',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: TEXT, refusal: null, annotations: [] },
      logprobs: {
        content: [
          { token: '{"', logprob: -0.01, bytes: [123, 34], top_logprobs: [] },
          { token: '1', logprob: -0.25, bytes: [49], top_logprobs: [{ token: '1', logprob: -0.25, bytes: [49] }, { token: '2', logprob: -9999, bytes: [50] }] },
        ],
        refusal: null,
      },
      finish_reason: 'stop',
    },
  ],
  usage: {
    prompt_tokens: 1117,
    completion_tokens: 46,
    total_tokens: 1163,
    prompt_tokens_details: { cached_tokens: 1024, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  },
  service_tier: 'default',
  system_fingerprint: 'fp_fc9f1d7035',
};

/** platform.openai.com/docs/api-reference/responses/object, of a model that thinks first */
const openAiResponse = {
  id: 'resp_67cb71b351908190a308f3859487620d06981a8637e6bc44',
  object: 'response',
  created_at: 1741386163,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: 2048,
  model: 'gpt-5.6-2026-03-05',
  output: [
    { id: 'rs_67cb71b3', type: 'reasoning', summary: [] },
    { id: 'msg_67cb71b3', type: 'message', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: TEXT, annotations: [], logprobs: [] }] },
  ],
  parallel_tool_calls: true,
  store: false,
  text: { format: { type: 'json_schema', name: 'label', strict: true, schema: {} } },
  usage: { input_tokens: 1117, input_tokens_details: { cached_tokens: 1024 }, output_tokens: 210, output_tokens_details: { reasoning_tokens: 192 }, total_tokens: 1327 },
};

/** docs.vllm.ai: vllm.entrypoints.openai.protocol.ChatCompletionResponse; `prompt_tokens_details` only with --enable-prompt-tokens-details */
const vllmChat = {
  id: 'chatcmpl-6f3d',
  object: 'chat.completion',
  created: 1760000000,
  model: 'Qwen/Qwen3-8B',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: TEXT, refusal: null, annotations: null, audio: null, function_call: null, tool_calls: [], reasoning: null, reasoning_content: null },
      logprobs: { content: [{ token: '1', logprob: -0.5, bytes: [49], top_logprobs: [{ token: '2', logprob: -1.5, bytes: [50] }] }] },
      finish_reason: 'stop',
      stop_reason: null,
      token_ids: null,
    },
  ],
  service_tier: null,
  system_fingerprint: null,
  usage: { prompt_tokens: 900, total_tokens: 912, completion_tokens: 12, prompt_tokens_details: null },
  prompt_logprobs: null,
  prompt_token_ids: null,
  kv_transfer_params: null,
};

/** github.com/vllm-project/vllm: pull 23319, log probabilities of the Responses API */
const vllmResponse = {
  id: 'resp_a21b34d4',
  object: 'response',
  created_at: 1777533961,
  incomplete_details: { reason: 'max_output_tokens' },
  model: 'Qwen/Qwen2-0.5B',
  output: [{ id: 'msg_bd9316d7', type: 'message', role: 'assistant', status: 'incomplete', content: [{ annotations: [], text: '{"st', type: 'output_text', logprobs: [{ token: '{"', bytes: [123, 34], logprob: -3.5, top_logprobs: [] }] }] }],
  status: 'incomplete',
  usage: { input_tokens: 5, input_tokens_details: { cached_tokens: 0 }, output_tokens: 4, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 9 },
};

/** As llama.cpp's server, build of October 2026, answered in the tests of this project, shortened. */
const llamaChat = {
  choices: [
    {
      finish_reason: 'length',
      index: 0,
      message: { role: 'assistant', content: '{\n' },
      logprobs: { content: [{ id: 107, token: '{', bytes: [123], logprob: -8.75, top_logprobs: [{ id: 57, token: 'I', bytes: [73], logprob: -2.25 }] }] },
    },
  ],
  created: 1795736206,
  model: 'smollm2-135m',
  system_fingerprint: 'b0-unknown',
  object: 'chat.completion',
  usage: { completion_tokens: 64, prompt_tokens: 11, total_tokens: 75, prompt_tokens_details: { cached_tokens: 3 } },
  id: 'chatcmpl-KTtdF7An7CrXenBfe7BLti9EETkuxfyW',
  timings: { cache_n: 0, prompt_n: 11, prompt_ms: 361.656, predicted_n: 64, predicted_ms: 8435.768 },
};

/** The same server: no details of the output's tokens. */
const llamaResponse = {
  completed_at: 1795736467,
  created_at: 1795736467,
  id: 'resp_noqYOZI2DDTrED0qB4JCz9zuWMijpb6H',
  model: 'smollm2-135m',
  object: 'response',
  output: [{ content: [{ type: 'output_text', annotations: [], logprobs: [], text: TEXT }], id: 'msg_D6JMWqPI', role: 'assistant', status: 'completed', type: 'message' }],
  status: 'completed',
  usage: { input_tokens: 17, output_tokens: 11, total_tokens: 28, input_tokens_details: { cached_tokens: 0 } },
};

/** docs.ollama.com/api/openai-compatibility: three counts, no details */
const ollamaChat = {
  id: 'chatcmpl-318',
  object: 'chat.completion',
  created: 1763500000,
  model: 'llama3.1:8b',
  system_fingerprint: 'fp_ollama',
  choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 800, completion_tokens: 12, total_tokens: 812 },
};

/** learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter: the filter stops what the model was saying */
const azureChat = {
  id: 'chatcmpl-example',
  object: 'chat.completion',
  created: 1653666286,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    {
      index: 0,
      finish_reason: 'content_filter',
      message: { role: 'assistant', content: null },
      logprobs: null,
      content_filter_results: { hate: { filtered: false, severity: 'safe' }, violence: { filtered: true, severity: 'medium' } },
    },
  ],
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }],
  system_fingerprint: 'fp_example',
  usage: { prompt_tokens: 700, completion_tokens: 3, total_tokens: 703, prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 }, completion_tokens_details: null },
};

export const RECORDED: readonly RecordedReply[] = [
  {
    from: 'OpenAI',
    api: 'chat',
    body: openAiChat,
    means: {
      outcome: 'answered',
      text: TEXT,
      tokens: [
        { text: '{"', logprob: -0.01, top: [] },
        { text: '1', logprob: -0.25, top: [{ text: '1', logprob: -0.25 }, { text: '2', logprob: -9999 }] },
      ],
      usage: { input: 1117, cachedInput: 1024, output: 46, reasoning: 0 },
      model: 'gpt-4o-2024-08-06',
    },
  },
  { from: 'OpenAI', api: 'responses', body: openAiResponse, means: { outcome: 'answered', text: TEXT, usage: { input: 1117, cachedInput: 1024, output: 210, reasoning: 192 }, model: 'gpt-5.6-2026-03-05' } },
  {
    from: 'vLLM',
    api: 'chat',
    body: vllmChat,
    means: { outcome: 'answered', text: TEXT, tokens: [{ text: '1', logprob: -0.5, top: [{ text: '2', logprob: -1.5 }] }], usage: { ...NOTHING, input: 900, output: 12 }, model: 'Qwen/Qwen3-8B' },
  },
  {
    from: 'vLLM',
    api: 'responses',
    body: vllmResponse,
    means: { outcome: 'cut', text: '{"st', tokens: [{ text: '{"', logprob: -3.5, top: [] }], usage: { ...NOTHING, input: 5, output: 4 }, model: 'Qwen/Qwen2-0.5B' },
  },
  {
    from: 'llama.cpp',
    api: 'chat',
    body: llamaChat,
    means: { outcome: 'cut', text: '{\n', tokens: [{ text: '{', logprob: -8.75, top: [{ text: 'I', logprob: -2.25 }] }], usage: { input: 11, cachedInput: 3, output: 64, reasoning: 0 }, model: 'smollm2-135m' },
  },
  { from: 'llama.cpp', api: 'responses', body: llamaResponse, means: { outcome: 'answered', text: TEXT, usage: { ...NOTHING, input: 17, output: 11 }, model: 'smollm2-135m' } },
  { from: 'Ollama', api: 'chat', body: ollamaChat, means: { outcome: 'answered', text: TEXT, usage: { ...NOTHING, input: 800, output: 12 }, model: 'llama3.1:8b' } },
  { from: 'Azure OpenAI', api: 'chat', body: azureChat, means: { outcome: 'filtered', text: '', usage: { ...NOTHING, input: 700, output: 3 }, model: 'gpt-4o-mini-2024-07-18' } },
];
