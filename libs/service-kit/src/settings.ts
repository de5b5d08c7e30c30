import { resolve } from 'node:path';
import { explainIssue, InputError } from '@math-labeler/curriculum';
import { z } from 'zod';

const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const variables = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: number(0, 65_535).default(3000),
  DATA_DIR: z.string().min(1).default('./var'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  MAX_IN_FLIGHT: number(1, 4096).default(64),
  HANDLER_DEADLINE_MS: number(10, 3_600_000).default(60_000),
  MAX_TRIES: number(1, 100).default(5),
  MAX_PENDING: number(1, 1_000_000).default(5000),
  PARTITIONS: number(1, 1024).default(8),
});

/** What every service is told by its environment. */
export interface Settings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: z.infer<typeof variables>['LOG_LEVEL'];
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
}

/** Reads the environment; throws InputError that names the variable. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = variables.safeParse(given, { reportInput: true });
  if (!parsed.success) {
    const { field, reason } = explainIssue(parsed.error.issues[0]);
    throw new InputError('SETTINGS.BAD_VALUE', { file: 'environment' }, field, reason);
  }
  const { HOST, PORT, DATA_DIR, LOG_LEVEL, MAX_IN_FLIGHT, HANDLER_DEADLINE_MS, MAX_TRIES, MAX_PENDING, PARTITIONS } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    dataDir: resolve(DATA_DIR),
    logLevel: LOG_LEVEL,
    maxInFlight: MAX_IN_FLIGHT,
    deadlineMs: HANDLER_DEADLINE_MS,
    maxTries: MAX_TRIES,
    maxPending: MAX_PENDING,
    partitions: PARTITIONS,
  };
}
