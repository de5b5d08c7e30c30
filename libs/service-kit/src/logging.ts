import { maskPersonalData } from '@math-labeler/problem-text';
import { type LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Fields whose values never reach a log, wherever they stand in what is logged. */
const SECRETS = ['authorization', 'apiKey', 'api_key', 'password', 'secret', 'token', 'cookie'];

/** One JSON line an event, on standard error: standard output belongs to what a program answers. Personal data is masked in it, whoever told it. */
export function openLogger(level: string, destination: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `req.headers["${name}"]`, `headers["${name}"]`, 'req.headers["x-api-key"]', 'headers["x-api-key"]']);
  return pino({ level, redact: { paths: [...new Set(paths)], censor: '…' }, hooks: { streamWrite: withoutPersonalData }, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Looks into the values only where there may be something, since nearly every line holds nothing; escaped line ends may hide what stands beside them. */
function withoutPersonalData(line: string): string {
  if (!line.includes('\\') && maskPersonalData(line) === line) return line;
  return `${JSON.stringify(JSON.parse(line, (_, value: unknown) => (typeof value === 'string' ? maskPersonalData(value) : value)))}\n`;
}

/** Nest's own messages, in the same log; its account of every module and route only when asked for. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  error(message: unknown, ...details: unknown[]): void {
    this.logger.error({ details }, message instanceof Error ? (message.stack ?? message.message) : String(message));
  }
  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
