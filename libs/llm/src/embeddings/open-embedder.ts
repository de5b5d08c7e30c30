import { type Embedder } from '@math-labeler/search';
import { type Usage } from '../language-model.js';
import { OpenAiClient } from '../openai/openai-client.js';
import { OpenAiEmbedder } from './openai-embedder.js';

export interface EmbedderOptions {
  /** As the server calls it. */
  readonly model: string;
  /** Without it OpenAI's own. */
  readonly baseUrl?: string;
  /** A server of one's own may need none. */
  readonly apiKey?: string;
  /** Hears what each request was counted as. */
  readonly onUsage?: (usage: Usage) => void;
  /** The longest that a request may take, in ms. */
  readonly timeoutMs?: number;
}

const OPENAI = 'https://api.openai.com/v1';
/** What a server that wants no key is shown. */
const NO_KEY = 'none';
/** A model on a processor takes some seconds for the texts of one request. */
const TIMEOUT_MS = 60_000;

/** An embedder behind OpenAI's interface. Nothing is connected, nor is the client loaded, before the first text. */
export function openEmbedder({ model, baseUrl = OPENAI, apiKey = NO_KEY, onUsage, timeoutMs = TIMEOUT_MS }: EmbedderOptions): Embedder {
  return new OpenAiEmbedder({ model, client: new OpenAiClient({ baseUrl, apiKey, timeoutMs }), onUsage });
}
