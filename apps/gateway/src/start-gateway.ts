import { type AddressInfo } from 'node:net';
import { InputError } from '@math-labeler/curriculum';
import { type DeliveryHealth } from '@math-labeler/messaging';
import { ApiKeys, eventServerOf, NestLog, type Platform } from '@math-labeler/service-kit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Access } from './access/access.js';
import { isLoopback } from './access/loopback.js';
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
 * Serves the HTTP API and reads the events that it tells of; throws InputError GATEWAY.KEYS_NEEDED, GATEWAY.CANNOT_LISTEN.
 * @param onFailed hears when events can be read no more: the process should end
 */
export async function startGateway(platform: Platform, parts: GatewayParts, onFailed: (error: Error) => void): Promise<RunningGateway> {
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

function requireKeys({ host, dataDir }: Platform['settings']): void {
  if (isLoopback(host) || new ApiKeys(dataDir).list().length > 0) return;
  throw new InputError('GATEWAY.KEYS_NEEDED', { file: 'environment' }, 'HOST', {
    ko: `API 키 없이는 이 컴퓨터 밖에서 접속할 수 있는 주소(${host})를 열지 않습니다. 먼저 mathlabel keys add로 키를 만드세요`,
    en: `an address that others can reach (${host}) is not opened without API keys; make one first: mathlabel keys add`,
  });
}

function explained(error: unknown, { host, port }: Platform['settings']): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return error;
  const why = code === 'EADDRINUSE' ? { ko: '다른 프로그램이 이미 쓰고 있습니다', en: 'another program uses it already' } : { ko: `열 수 없습니다 (${code})`, en: `it cannot be opened (${code})` };
  return new InputError('GATEWAY.CANNOT_LISTEN', { file: 'environment' }, 'PORT', { ko: `${host}:${port} ${why.ko}`, en: `${host}:${port} ${why.en}` }, { cause: error });
}

function watchRequest({ metrics, logger }: Platform, request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions } = request;
  const route = routeOptions.url ?? 'unknown';
  metrics.requests.observe({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  if (logger.isLevelEnabled('debug')) logger.debug({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), caller: request.caller?.name }, 'request');
}

function addressOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
