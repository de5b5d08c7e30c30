import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { because, type Bilingual, explainIssue, InputError } from '@math-labeler/curriculum';
import { z } from 'zod';

const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const words = z.string().min(1);
const list = z.string().transform((text) => text.split(',').map((one) => one.trim()).filter((one) => one !== ''));
const like = (pattern: RegExp, reason: Bilingual) => z.string().refine((text) => pattern.test(text), because(reason));
const name = (pattern: RegExp) => like(pattern, { ko: `이름으로 쓸 수 없습니다 (${pattern.source})`, en: `cannot be a name (${pattern.source})` });
const address = like(/^https?:\/\/[^\s/]+/, { ko: 'http:// 또는 https:// 주소여야 합니다', en: 'must be an http:// or https:// address' });
const dollars = z.coerce.number().min(0).max(1_000_000);

const variables = z.object({
  HOST: words.default('127.0.0.1'),
  PORT: number(0, 65_535).optional(),
  DATA_DIR: words.default('./var'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PERSONAL_DATA: z.enum(['mask', 'keep']).default('mask'),
  MAX_IN_FLIGHT: number(1, 4096).default(64),
  HANDLER_DEADLINE_MS: number(10, 3_600_000).default(60_000),
  MAX_TRIES: number(1, 100).default(5),
  MAX_PENDING: number(1, 1_000_000).default(5000),
  PARTITIONS: number(1, 1024).default(8),
  KAFKA_BROKERS: list.pipe(z.array(like(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i, { ko: 'host:port를 쉼표로 이어 쓰세요', en: 'must be host:port, several joined by commas' })).min(1)).optional(),
  KAFKA_TLS: z.enum(['true', 'false']).optional(),
  KAFKA_CA: words.optional(),
  KAFKA_USERNAME: words.optional(),
  KAFKA_PASSWORD: words.optional(),
  KAFKA_INSTANCE_ID: words.optional(),
  KAFKA_PREFIX: name(/^[\w.-]{0,100}$/).default(''),
  MONGODB_URI: like(/^mongodb(?:\+srv)?:\/\/.+/, { ko: 'mongodb:// 또는 mongodb+srv://로 시작해야 합니다', en: 'must begin with mongodb:// or mongodb+srv://' }).optional(),
  ELASTICSEARCH_URL: address.optional(),
  ELASTICSEARCH_USERNAME: words.optional(),
  ELASTICSEARCH_PASSWORD: words.optional(),
  ELASTICSEARCH_API_KEY: words.optional(),
  ELASTICSEARCH_CA: words.optional(),
  ELASTICSEARCH_ALIAS: name(/^[a-z0-9][a-z0-9._-]{0,100}$/).default('mathlabel-knowledge'),
  OPENAI_API_KEY: words.optional(),
  OPENAI_BASE_URL: address.optional(),
  OPENAI_MODEL: words.optional(),
  OPENAI_API: z.enum(['chat', 'responses']).default('chat'),
  OPENAI_EMBEDDING_MODEL: words.optional(),
  OPENAI_EMBEDDING_BASE_URL: address.optional(),
  OPENAI_EMBEDDING_API_KEY: words.optional(),
  LLM_BUDGET_DAY: dollars.optional(),
  LLM_BUDGET_MONTH: dollars.optional(),
  LLM_DEADLINE_MS: number(100, 600_000).default(30_000),
  LLM_MAX_IN_FLIGHT: number(1, 1024).default(64),
  LLM_SAMPLES: number(1, 9).default(1),
  LLM_PRICES: words.optional(),
});

/** The variables that there are. Each may also be given as `NAME_FILE`: its value is then what that file holds, as with mounted secrets. */
export const VARIABLES: readonly string[] = Object.keys(variables.shape);

type Variables = z.infer<typeof variables>;

export interface KafkaSettings {
  /** `host:port` */
  readonly brokers: readonly string[];
  /** Undefined: plaintext. `ca`: PEM; undefined: the authorities that Node trusts. */
  readonly tls?: { readonly ca?: string };
  /** SCRAM-SHA-512 */
  readonly sasl?: { readonly username: string; readonly password: string };
  /** Of this process: what lets it restart without the others' partitions being dealt anew. */
  readonly instanceId?: string;
  /** Stands before the names of all topics and groups. */
  readonly prefix: string;
  readonly clientId: string;
}

export interface ElasticsearchSettings {
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string } | { readonly apiKey: string };
  /** PEM */
  readonly ca?: string;
  /** Under which the live index is found. */
  readonly alias: string;
}

/** A language model that may be asked. */
export interface LlmSettings {
  /** Undefined: OpenAI's own. */
  readonly baseUrl?: string;
  /** Servers of one's own need none. */
  readonly apiKey?: string;
  readonly model: string;
  readonly api: 'chat' | 'responses';
  /** The most that may be spent, in US dollars a day and month (UTC); undefined: without limit. */
  readonly budget: { readonly day?: number; readonly month?: number };
  /** The longest that one question may take, waiting and tries included, in ms. */
  readonly deadlineMs: number;
  readonly maxInFlight: number;
  /** How often the first question is asked, to see whether the answers agree. */
  readonly samples: number;
  /** A price table of one's own. */
  readonly prices?: string;
}

/** A model that turns texts into vectors. */
export interface EmbeddingSettings {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly model: string;
  /** A price table of one's own. */
  readonly prices?: string;
}

/** What every service is told by its environment. */
export interface Settings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: Variables['LOG_LEVEL'];
  /** What becomes of personal data in what is read of a problem: its text, its keywords, and what is learnt from it. Logs never hold any. */
  readonly personalData: Variables['PERSONAL_DATA'];
  /** Events that each service handles side by side. */
  readonly maxInFlight: number;
  /** The longest that one try of a handler may take, in ms. */
  readonly deadlineMs: number;
  /** Tries before an event that fails for a passing reason becomes a dead letter. */
  readonly maxTries: number;
  /** Problems that may be on their way before the edge asks senders to wait. */
  readonly maxPending: number;
  /** Of a topic that is made anew. */
  readonly partitions: number;
  /** Undefined: the log is embedded. */
  readonly kafka?: KafkaSettings;
  /** Undefined: the stores are embedded. */
  readonly mongodbUri?: string;
  /** Undefined: the knowledge index is held in memory. */
  readonly elasticsearch?: ElasticsearchSettings;
  /** Undefined: no language model votes. */
  readonly llm?: LlmSettings;
  /** Undefined: texts are compared by their words alone. */
  readonly embedding?: EmbeddingSettings;
}

export interface SettingDefaults {
  readonly port: number;
}

/** Reads the environment; throws InputError that names the variable. */
export function readSettings(env: NodeJS.ProcessEnv, defaults: SettingDefaults = { port: 3000 }): Settings {
  const parsed = variables.safeParse(valuesOf(env), { reportInput: true });
  if (!parsed.success) {
    const { field, reason } = explainIssue(parsed.error.issues[0]);
    throw badValue(field, reason, {});
  }
  const { HOST, PORT, DATA_DIR, LOG_LEVEL, PERSONAL_DATA, MAX_IN_FLIGHT, HANDLER_DEADLINE_MS, MAX_TRIES, MAX_PENDING, PARTITIONS, MONGODB_URI } = parsed.data;
  return {
    host: HOST,
    port: PORT ?? defaults.port,
    dataDir: resolve(DATA_DIR),
    logLevel: LOG_LEVEL,
    personalData: PERSONAL_DATA,
    maxInFlight: MAX_IN_FLIGHT,
    deadlineMs: HANDLER_DEADLINE_MS,
    maxTries: MAX_TRIES,
    maxPending: MAX_PENDING,
    partitions: PARTITIONS,
    kafka: kafkaOf(parsed.data),
    mongodbUri: MONGODB_URI,
    elasticsearch: elasticsearchOf(parsed.data),
    llm: llmOf(parsed.data),
    embedding: embeddingOf(parsed.data),
  };
}

/** What is set, and not empty, by name. */
function valuesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = (name: string): string | undefined => (env[name]?.trim() === '' ? undefined : env[name]);
  const values: Record<string, string> = {};
  for (const name of VARIABLES) {
    const file = given(`${name}_FILE`);
    const value = file === undefined ? given(name) : contentOf(`${name}_FILE`, file);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function contentOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const { message } = cause as Error;
    throw badValue(variable, { ko: `파일을 읽을 수 없습니다 (${message})`, en: `the file cannot be read (${message})` }, { cause });
  }
}

function kafkaOf({ KAFKA_BROKERS: brokers, KAFKA_TLS, KAFKA_CA: ca, KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_INSTANCE_ID: instanceId, KAFKA_PREFIX: prefix }: Variables): KafkaSettings | undefined {
  if (brokers === undefined) return undefined;
  requireBoth({ KAFKA_USERNAME: username, KAFKA_PASSWORD: password });
  return {
    brokers,
    tls: KAFKA_TLS === 'true' || (KAFKA_TLS === undefined && ca !== undefined) ? { ca } : undefined,
    sasl: username === undefined ? undefined : { username, password: password! },
    instanceId,
    prefix,
    clientId: `math-labeler-${instanceId ?? hostname()}`,
  };
}

function elasticsearchOf({ ELASTICSEARCH_URL: url, ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password, ELASTICSEARCH_API_KEY: apiKey, ELASTICSEARCH_CA: ca, ELASTICSEARCH_ALIAS: alias }: Variables): ElasticsearchSettings | undefined {
  if (url === undefined) return undefined;
  requireBoth({ ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password });
  const auth = apiKey !== undefined ? { apiKey } : username !== undefined ? { username, password: password! } : undefined;
  return { url, auth, ca, alias };
}

function llmOf(given: Variables): LlmSettings | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model, OPENAI_API: api } = given;
  if (apiKey === undefined && baseUrl === undefined) return undefined;
  const name = apiKey === undefined ? 'OPENAI_BASE_URL' : 'OPENAI_API_KEY';
  if (model === undefined) throw badValue('OPENAI_MODEL', { ko: `${name}이(가) 있으면 모델 이름이 필요합니다. 언어 모델 없이 쓰려면 ${name}을(를) 지우세요`, en: `is needed together with ${name}; unset ${name} to label without a language model` }, {});
  const { LLM_BUDGET_DAY: day, LLM_BUDGET_MONTH: month, LLM_DEADLINE_MS: deadlineMs, LLM_MAX_IN_FLIGHT: maxInFlight, LLM_SAMPLES: samples, LLM_PRICES: prices, HANDLER_DEADLINE_MS } = given;
  // Otherwise a handler would be ended just before its answer comes or is given up, and the event tried again and again.
  if (deadlineMs >= HANDLER_DEADLINE_MS) throw badValue('LLM_DEADLINE_MS', { ko: `HANDLER_DEADLINE_MS(${HANDLER_DEADLINE_MS})보다 작아야 합니다`, en: `must be less than HANDLER_DEADLINE_MS (${HANDLER_DEADLINE_MS})` }, {});
  return { baseUrl, apiKey, model, api, budget: { day, month }, deadlineMs, maxInFlight, samples, prices };
}

function embeddingOf({ OPENAI_EMBEDDING_MODEL: model, OPENAI_EMBEDDING_BASE_URL, OPENAI_EMBEDDING_API_KEY, OPENAI_BASE_URL, OPENAI_API_KEY, LLM_PRICES: prices }: Variables): EmbeddingSettings | undefined {
  if (model === undefined) return undefined;
  const baseUrl = OPENAI_EMBEDDING_BASE_URL ?? OPENAI_BASE_URL;
  // A key is for one provider: it is not sent to another address.
  const apiKey = OPENAI_EMBEDDING_API_KEY ?? (OPENAI_EMBEDDING_BASE_URL === undefined ? OPENAI_API_KEY : undefined);
  if (baseUrl === undefined && apiKey === undefined) throw badValue('OPENAI_EMBEDDING_MODEL', { ko: 'OPENAI_API_KEY 또는 OPENAI_EMBEDDING_BASE_URL이 필요합니다', en: 'needs OPENAI_API_KEY or OPENAI_EMBEDDING_BASE_URL' }, {});
  return { baseUrl, apiKey, model, prices };
}

function requireBoth(pair: Readonly<Record<string, string | undefined>>): void {
  const [[, first], [, second]] = Object.entries(pair);
  if ((first === undefined) === (second === undefined)) return;
  const [missing, given] = Object.keys(pair).sort((a) => (pair[a] === undefined ? -1 : 1));
  throw badValue(missing, { ko: `${given}와(과) 함께 필요합니다`, en: `is needed together with ${given}` }, {});
}

function badValue(field: string | undefined, reason: { readonly ko: string; readonly en: string }, options: ErrorOptions): InputError {
  return new InputError('SETTINGS.BAD_VALUE', { file: 'environment' }, field, reason, options);
}
