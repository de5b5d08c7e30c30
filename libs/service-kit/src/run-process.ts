import { setTimeout as pause } from 'node:timers/promises';
import { deadLetterNameOf, EVENTS, type Service, TransientError } from '@math-labeler/contracts';
import { type Bilingual, InputError } from '@math-labeler/curriculum';
import { LLM_COLLECTIONS } from '@math-labeler/llm';
import { type DeliveryHealth } from '@math-labeler/messaging';
import { type AnyCollection } from '@math-labeler/storage';
import { endings } from './endings.js';
import { healthOf } from './health.js';
import { HealthServer } from './health-server.js';
import { type Logger, openLogger } from './logging.js';
import { type PartName } from './parts.js';
import { openPlatform, type Platform } from './platform.js';
import { readSettings, type Settings } from './settings.js';

/** Something that a process runs. */
export interface Running {
  readonly health: () => DeliveryHealth | undefined;
  close(): Promise<void>;
}

/** What a started part tells its process. */
export interface ProcessWatch {
  /** It can go on no more: the process should end. */
  readonly onFailed: (error: Error) => void;
  /** It is about to listen on the port itself; until then, and for those that never do, the process says there how it does. */
  readonly freePort: () => Promise<void>;
}

/** What a process is for, and what must be there before it can begin. */
export interface ProcessPlan<Loaded> {
  readonly name: string;
  /** Where it listens unless it is told. */
  readonly port: number;
  /** Whose events it handles. */
  readonly services: readonly Service[];
  /** What it uses of log, stores and index: each has to be a server. */
  readonly needs: readonly PartName[];
  /** Those that are not named may be parts of this process instead. */
  readonly mayEmbed?: true;
  /** It asks a language model, where one is named; what that answers is kept in the stores. */
  readonly asksModel?: true;
  readonly collections: readonly AnyCollection[];
  /** Brings what it needs from files; an InputError is told with whatever else is missing. */
  readonly load: (settings: Settings, logger: Logger) => Promise<Loaded>;
  readonly start: (platform: Platform, loaded: Loaded, watch: ProcessWatch) => Promise<Running>;
}

const VARIABLE_OF: Readonly<Record<PartName, { readonly name: string; readonly isSet: (settings: Settings) => boolean }>> = {
  kafka: { name: 'KAFKA_BROKERS', isSet: ({ kafka }) => kafka !== undefined },
  mongodb: { name: 'MONGODB_URI', isSet: ({ mongodbUri }) => mongodbUri !== undefined },
  elasticsearch: { name: 'ELASTICSEARCH_URL', isSet: ({ elasticsearch }) => elasticsearch !== undefined },
};

/** The longest that ending may take, in ms. */
const LAST_MS = 9500;

const AGAIN_MS = 1000;

const EXIT = { done: 0, failed: 1, refused: 2 } as const;

/**
 * Runs a process until it is told to end; resolves with its exit code: 2 when it cannot begin as things are, with a list of what is missing, 1 when a
 * part has failed for good, so that whoever watches over it starts it again. Servers that are away are waited for.
 */
export async function runProcess<Loaded>(env: NodeJS.ProcessEnv, given: ProcessPlan<Loaded>): Promise<number> {
  try {
    const settings = readSettings(env, { port: given.port });
    const logger = openLogger(settings.logLevel);
    const plan = settings.llm === undefined ? given : withModel(given);
    const loaded = await loadFrom(plan, settings, logger);
    if ('missing' in loaded) return refuse(plan.name, loaded.missing);
    return await serve(plan, loaded.value, settings, logger, endings(env));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT.refused;
  }
}

/** What asking a language model takes beside the plan. */
function withModel<Loaded>(plan: ProcessPlan<Loaded>): ProcessPlan<Loaded> {
  if (plan.asksModel === undefined) return plan;
  return { ...plan, needs: [...new Set([...plan.needs, 'mongodb' as const])], collections: [...new Set([...plan.collections, ...LLM_COLLECTIONS])] };
}

async function serve<Loaded>(plan: ProcessPlan<Loaded>, loaded: Loaded, settings: Settings, logger: Logger, ended: ReturnType<typeof endings>): Promise<number> {
  const platform = await openPlatform(settings, logger, { needs: plan.needs, asksModel: plan.asksModel });
  let running: Running | undefined;
  let room: HealthServer | undefined;
  try {
    const services = () => plan.services.map((service) => ({ service, health: running?.health() }));
    const { registry, inFlight } = platform.metrics;
    room = await HealthServer.listen(settings, {
      health: () => healthOf({ ready: running !== undefined, services: services(), parts: platform.parts }),
      metrics: async () => {
        for (const { service, health } of services()) inFlight.set({ service }, health?.held ?? 0);
        return { type: registry.contentType, text: await registry.metrics() };
      },
    });
    await platform.parts.allUp(ended.signal);
    if (ended.signal.aborted) return EXIT.done;
    const missing = await untilItAnswers(() => missingOn(platform, plan), logger, ended.signal);
    if (missing === undefined) return EXIT.done;
    if (missing.length > 0) return refuse(plan.name, missing);
    running = await plan.start(platform, loaded, { onFailed: (error) => ended.fail(error), freePort: () => room!.close() });
    logger.info({ name: plan.name }, 'ready');
    const failure = await ended.promise;
    if (failure !== undefined) logger.fatal({ err: failure }, 'a part failed for good');
    return failure === undefined ? EXIT.done : EXIT.failed;
  } finally {
    setTimeout(() => process.exit(EXIT.failed), LAST_MS).unref();
    await running?.close();
    await room?.close();
    await platform.close();
  }
}

async function loadFrom<Loaded>(plan: ProcessPlan<Loaded>, settings: Settings, logger: Logger): Promise<{ readonly value: Loaded } | { readonly missing: readonly Bilingual[] }> {
  const missing: Bilingual[] = (plan.mayEmbed ? [] : plan.needs)
    .map((part) => VARIABLE_OF[part])
    .filter(({ isSet }) => !isSet(settings))
    .map(({ name }) => ({ ko: `${name}이(가) 없습니다`, en: `${name} is not set` }));
  try {
    const value = await plan.load(settings, logger);
    return missing.length > 0 ? { missing } : { value };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { missing: [...missing, error.reason] };
  }
}

/** What the servers lack that this process cannot do without. */
async function missingOn(platform: Platform, { services, needs, collections }: Pick<ProcessPlan<never>, 'services' | 'needs' | 'collections'>): Promise<Bilingual[]> {
  const { broker, index, settings } = platform;
  const missing: Bilingual[] = [];
  const ask = (what: string, command: string) => missing.push({ ko: `${what}이(가) 없습니다. ${command}을(를) 먼저 실행하세요`, en: `there is no ${what}; run ${command} first` });
  if (settings.kafka !== undefined) {
    const there = new Set((await broker.topics()).map(({ name }) => name));
    const absent = topicsOf(services).filter((name) => !there.has(name));
    if (absent.length > 0) ask(`topic ${absent.join(', ')}`, 'mathlabel topics apply');
  }
  if (needs.includes('mongodb') && 'migrate' in platform.store) {
    const absent = await platform.store.missing(collections);
    if (absent.length > 0) ask(`collection (${absent.join(', ')})`, 'mathlabel db migrate');
  }
  if (index !== undefined && !(await index.versions.list()).some(({ isLive }) => isLive)) ask(`index ${settings.elasticsearch!.alias}`, 'mathlabel index build --swap');
  return missing;
}

/** A server may go away just when it is asked; undefined when the signal aborts first. */
async function untilItAnswers<Answer>(ask: () => Promise<Answer>, logger: Logger, signal: AbortSignal): Promise<Answer | undefined> {
  while (!signal.aborted) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      logger.warn({ reason: error.message }, 'a server did not answer; asking again');
      await pause(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

/** The topics that services read and write, dead letters too. */
function topicsOf(services: readonly Service[]): string[] {
  const read = EVENTS.filter(({ consumers }) => consumers.some((service) => services.includes(service)));
  const written = EVENTS.filter(({ producers }) => producers.some((service) => services.includes(service)));
  return [...new Set([...read, ...written].map(({ topic }) => topic.name)), ...read.map(({ topic }) => deadLetterNameOf(topic.name))];
}

function refuse(name: string, missing: readonly Bilingual[]): number {
  const lines = missing.map(({ ko, en }) => `  - ${ko} · ${en}\n`);
  process.stderr.write(`${name}: 시작할 수 없습니다 · cannot start\n${lines.join('')}`);
  return EXIT.refused;
}
