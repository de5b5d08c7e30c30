import { InputError } from '@math-labeler/curriculum';
import { type RateLimits } from '../rate-limits.js';
import { ChatCompletions } from './chat-completions.js';
import { type Wish } from './dialect.js';
import { OpenAiClient } from './openai-client.js';
import { Responses } from './responses.js';
import { type WritingModel } from './written-question.js';

export const APIS = ['chat', 'responses'] as const;

export interface ModelOptions {
  /** `chat` is what every server has; `responses` is OpenAI's newer interface. */
  readonly api: (typeof APIS)[number];
  /** Of a server that speaks OpenAI's interface, up to `/v1`; OpenAI itself where it is absent. */
  readonly baseUrl?: string;
  /** A server of one's own may need none. */
  readonly apiKey?: string;
  readonly model: string;
  /** For one request, its body included; 60,000 by default. */
  readonly timeoutMs?: number;
  /** Told with each answer of a provider that says what is left of its limits. */
  readonly onLimits?: (limits: RateLimits) => void;
  /** Told when the server does not know a parameter, which is then left out for good. */
  readonly onDropped?: (wish: Wish, complaint: string) => void;
}

export const OPENAI = 'https://api.openai.com/v1';
/** The SDK wants a key; servers that need none ignore it. */
const NO_KEY = 'none';
const TIMEOUT_MS = 60_000;

/** Nothing is sent, and no SDK loaded, before the first question. Throws InputError where key, address or model are missing or cannot be used. */
export function openLanguageModel({ api, baseUrl, apiKey, model, timeoutMs, onLimits, onDropped }: ModelOptions): WritingModel {
  if (!baseUrl && !apiKey) throw bad('NO_KEY', 'apiKey', 'OPENAI_API_KEY나 OPENAI_BASE_URL이 필요합니다', 'needs OPENAI_API_KEY or OPENAI_BASE_URL');
  if (baseUrl && !isHttp(baseUrl)) throw bad('BAD_URL', 'baseUrl', 'http:// 또는 https:// 주소여야 합니다', 'must be an address with http:// or https://');
  if (model.trim() === '') throw bad('NO_MODEL', 'model', '모델 이름이 비어 있습니다', 'the name of the model is empty');
  const client = openClient({ baseUrl, apiKey, timeoutMs, onLimits });
  if (api === 'responses') return new Responses(client, model, onDropped);
  return new ChatCompletions(client, model, baseUrl ? 'max_tokens' : 'max_completion_tokens', onDropped);
}

/** The server, for what is no single question. Nothing is sent yet. */
export function openClient({ baseUrl, apiKey, timeoutMs = TIMEOUT_MS, onLimits }: Pick<ModelOptions, 'baseUrl' | 'apiKey' | 'timeoutMs' | 'onLimits'>): OpenAiClient {
  return new OpenAiClient({ baseUrl: baseUrl || OPENAI, apiKey: apiKey || NO_KEY, timeoutMs, onLimits });
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}

function bad(code: string, field: string, ko: string, en: string): InputError {
  return new InputError(`LLM.${code}`, { file: 'environment' }, field, { ko, en });
}
