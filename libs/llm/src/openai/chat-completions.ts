import { type Question, type Reply } from '../language-model.js';
import { askInDialect } from './ask-in-dialect.js';
import { readChatReply } from './chat-reply.js';
import { Dialect, type Fields, type Wish } from './dialect.js';
import { type OpenAiClient } from './openai-client.js';
import { temperatureOf, TOP_LOGPROBS } from './sampling.js';
import { type WritingModel } from './written-question.js';

const FIELDS: Fields = [
  ['temperature', 'temperature'],
  ['store', 'store'],
  ['top_logprobs', 'top logprobs'],
  ['logprobs', 'logprobs'],
  ['max_completion_tokens', 'max_completion_tokens'],
  ['max_tokens', 'max_tokens'],
  ['response_format', 'json schema'],
  ['json_schema', 'json schema'],
  ['response_format', 'json object'],
  ['json_object', 'json object'],
];

/** A model behind `POST /chat/completions`, which every server has. */
export class ChatCompletions implements WritingModel {
  readonly path = '/chat/completions';
  private readonly dialect: Dialect;

  /** @param limitField the field for the limit of tokens that is tried first: Ollama knows `max_tokens` only and ignores the other without a word */
  constructor(
    private readonly client: OpenAiClient,
    readonly name: string,
    private readonly limitField: 'max_tokens' | 'max_completion_tokens',
    onDropped?: (wish: Wish, complaint: string) => void,
  ) {
    this.dialect = new Dialect(FIELDS, onDropped);
  }

  ask(question: Question, signal: AbortSignal): Promise<Reply> {
    const wording = { path: this.path, body: (grants: (wish: Wish) => boolean) => this.body(question, grants), read: (body: unknown) => readChatReply(body, this.name) };
    return askInDialect(this.client, this.dialect, wording, this.name, signal);
  }

  request(question: Question): object {
    return this.body(question, (wish) => this.dialect.grants(wish));
  }

  private body({ key, system, user, schema, maxOutputTokens }: Question, grants: (wish: Wish) => boolean): object {
    return {
      model: this.name,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      ...this.limit(maxOutputTokens, grants),
      ...(grants('temperature') ? { temperature: temperatureOf(key) } : {}),
      ...(grants('logprobs') ? { logprobs: true, ...(grants('top logprobs') ? { top_logprobs: TOP_LOGPROBS } : {}) } : {}),
      ...(grants('store') ? { store: false } : {}),
      ...format(schema, grants),
    };
  }

  private limit(tokens: number, grants: (wish: Wish) => boolean): object {
    const other = this.limitField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return { [grants(this.limitField) ? this.limitField : other]: tokens };
  }
}

function format({ name, schema }: Question['schema'], grants: (wish: Wish) => boolean): object {
  if (grants('json schema')) return { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema } } };
  return grants('json object') ? { response_format: { type: 'json_object' } } : {};
}
