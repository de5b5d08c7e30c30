import { type Question, type Reply } from '../language-model.js';
import { askInDialect } from './ask-in-dialect.js';
import { Dialect, type Fields, type Wish } from './dialect.js';
import { type OpenAiClient } from './openai-client.js';
import { readResponse } from './responses-reply.js';
import { temperatureOf, TOP_LOGPROBS } from './sampling.js';
import { type WritingModel } from './written-question.js';

const FIELDS: Fields = [
  ['temperature', 'temperature'],
  ['store', 'store'],
  ['top_logprobs', 'top logprobs'],
  ['include', 'logprobs'],
  ['logprobs', 'logprobs'],
  ['text.format', 'json schema'],
  ['json_schema', 'json schema'],
  ['response_format', 'json schema'],
  ['text.format', 'json object'],
  ['json_object', 'json object'],
];

/** A model behind `POST /responses`. Nothing is kept at the provider's and nothing is carried over: each question stands alone. */
export class Responses implements WritingModel {
  readonly path = '/responses';
  private readonly dialect: Dialect;

  constructor(
    private readonly client: OpenAiClient,
    readonly name: string,
    onDropped?: (wish: Wish, complaint: string) => void,
  ) {
    this.dialect = new Dialect(FIELDS, onDropped);
  }

  ask(question: Question, signal: AbortSignal): Promise<Reply> {
    const wording = { path: this.path, body: (grants: (wish: Wish) => boolean) => this.body(question, grants), read: (body: unknown) => readResponse(body, this.name) };
    return askInDialect(this.client, this.dialect, wording, this.name, signal);
  }

  request(question: Question): object {
    return this.body(question, (wish) => this.dialect.grants(wish));
  }

  private body({ key, system, user, schema, maxOutputTokens }: Question, grants: (wish: Wish) => boolean): object {
    return {
      model: this.name,
      input: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      max_output_tokens: maxOutputTokens,
      ...(grants('temperature') ? { temperature: temperatureOf(key) } : {}),
      ...(grants('logprobs') ? { include: ['message.output_text.logprobs'], ...(grants('top logprobs') ? { top_logprobs: TOP_LOGPROBS } : {}) } : {}),
      ...(grants('store') ? { store: false } : {}),
      ...format(schema, grants),
    };
  }
}

function format({ name, schema }: Question['schema'], grants: (wish: Wish) => boolean): object {
  if (grants('json schema')) return { text: { format: { type: 'json_schema', name, strict: true, schema } } };
  return grants('json object') ? { text: { format: { type: 'json_object' } } } : {};
}
