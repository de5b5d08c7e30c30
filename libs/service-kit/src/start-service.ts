import { type Service } from '@math-labeler/contracts';
import { DELIVERY_DEFAULTS, type DeliveryHealth, EventServer } from '@math-labeler/messaging';
import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestLog } from './logging.js';
import { type Platform } from './platform.js';
import { watchDelivery } from './watch-delivery.js';

/** ms that shutting down may wait for what is being worked on. */
const DRAIN_MS = 8000;
/** ms that events are tried for where they depend upon servers: one that is away for so long, or answers too late, makes no dead letters. */
const SERVER_PATIENCE_MS = 15 * 60_000;

/** A service that reads its events. */
export interface RunningService {
  readonly service: Service;
  readonly health: () => DeliveryHealth | undefined;
  /** Drains it: what is being worked on is finished, the rest comes again. */
  close(): Promise<void>;
}

/** The event server of a service, bound to the platform's log, metrics and settings. */
export function eventServerOf(service: Service, { broker, settings, parts, clock, metrics, logger }: Platform, onFailed: (error: Error) => void): EventServer {
  return new EventServer({
    ...DELIVERY_DEFAULTS,
    service,
    broker,
    maxInFlight: settings.maxInFlight,
    maxTries: settings.maxTries,
    patienceMs: parts.isEmpty ? 0 : SERVER_PATIENCE_MS,
    deadlineMs: settings.deadlineMs,
    clock,
    observer: watchDelivery(service, metrics, logger),
    drainMs: DRAIN_MS,
    onFailed,
    onDrained: (unfinished) => {
      if (unfinished > 0) logger.warn({ service, unfinished }, 'stopped before these were finished; they come again');
    },
  });
}

/** Boots a service's module and starts to read its events. @param onFailed hears when it can read no more: the process should end */
export async function startService(service: Service, module: DynamicModule, platform: Platform, onFailed: (error: Error) => void): Promise<RunningService> {
  const server = eventServerOf(service, platform, onFailed);
  const app = await NestFactory.createMicroservice(module, { strategy: server, logger: new NestLog(platform.logger), abortOnError: false });
  await app.listen();
  return { service, health: () => server.health, close: () => app.close() };
}
