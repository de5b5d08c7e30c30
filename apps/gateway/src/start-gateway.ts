import { type AddressInfo } from 'node:net';
import { type DeliveryHealth } from '@math-labeler/messaging';
import { addressOf, cannotListen, eventServerOf, NestLog, type Platform, type ProcessWatch, requireKeys } from '@math-labeler/service-kit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Access } from './access/access.js';
import { Admission } from './admission.js';
import { LARGEST_BODY } from './body-parsers.js';
import { useEdge } from './edge.js';
import { GatewayModule } from './gateway.module.js';
import { type GatewayParts } from './gateway-parts.js';
import { OwnDelivery } from './own-delivery.js';
import { ProblemDocuments } from './problem-documents.filter.js';
import { answerUnreadable } from './unreadable-request.js';
import { WaitingRequests } from './waiting-requests.js';

export interface RunningGateway {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  readonly health: () => DeliveryHealth | undefined;
  /** Answers those who wait, takes no more requests, and finishes the events that are being worked on. */
  close(): Promise<void>;
}

/** ms that a client may take to send its request. */
const REQUEST_TIMEOUT_MS = 60_000;
/** An id may hold 200 code points, each of them twelve characters in an address. */
const LONGEST_PARAMETER = 2400;

/**
 * Serves the HTTP API and reads the events that it tells of; throws InputError SETTINGS.KEYS_NEEDED, SETTINGS.CANNOT_LISTEN.
 */
export async function startGateway(platform: Platform, parts: GatewayParts, { onFailed, freePort }: ProcessWatch): Promise<RunningGateway> {
  const { settings, logger } = platform;
  requireKeys(settings);
  const adapter = new FastifyAdapter({ bodyLimit: LARGEST_BODY, requestTimeout: REQUEST_TIMEOUT_MS, clientErrorHandler: answerUnreadable, routerOptions: { maxParamLength: LONGEST_PARAMETER } });
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.on(platform, parts), adapter, { logger: new NestLog(logger), bodyParser: false, abortOnError: false });
  const answered = (request: FastifyRequest, reply: FastifyReply) => watchRequest(platform, request, reply);
  await useEdge(adapter.getInstance(), { access: app.get(Access), admission: app.get(Admission), state: parts.state, answered });
  app.useGlobalFilters(new ProblemDocuments(logger));
  const server = eventServerOf('gateway', platform, onFailed);
  app.connectMicroservice({ strategy: server }, { inheritAppConfig: false });
  app.get(OwnDelivery).health = () => server.health;
  try {
    // What is pending is counted before events can change it.
    await app.init();
    await app.startAllMicroservices();
    await freePort();
    await app.listen(settings.port, settings.host);
  } catch (error) {
    await app.close();
    throw explained(error, settings);
  }
  return {
    address: addressOf(app.getHttpServer().address() as AddressInfo),
    health: () => server.health,
    close: () => {
      app.get(WaitingRequests).stop();
      return closeInTime(app);
    },
  };
}

/** A connection whose last answer went out after the closing began would stay open until its client lets go of it. */
async function closeInTime(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), 5000);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}

function explained(error: unknown, settings: Platform['settings']): unknown {
  const { syscall } = error as NodeJS.ErrnoException;
  return syscall === 'listen' || syscall === 'getaddrinfo' ? cannotListen(error as Error, settings) : error;
}

function watchRequest({ metrics, logger }: Platform, request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions } = request;
  const route = routeOptions.url ?? 'unknown';
  metrics.requests.observe({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  if (logger.isLevelEnabled('debug')) logger.debug({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), caller: request.caller?.name }, 'request');
}
