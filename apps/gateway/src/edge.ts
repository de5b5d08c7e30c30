import rateLimit from '@fastify/rate-limit';
import { type Role } from '@math-labeler/service-kit';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Access, type Caller } from './access/access.js';
import { type RouteNeeds } from './access/needs.js';
import { REQUESTS_PER_MINUTE } from './access/rate-limits.js';
import { type Admission } from './admission.js';
import { LARGEST_BODY, useBodyParsers } from './body-parsers.js';
import { type GatewayParts } from './gateway-parts.js';
import { overloaded } from './overloaded.js';
import { ApiProblem } from './problem-document.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

/** Bytes of bodies that are being read at a time, of all requests together. */
const MOST_UNREAD = 8 * LARGEST_BODY;

interface EdgeParts {
  readonly access: Access;
  readonly admission: Admission;
  readonly state: GatewayParts['state'];
  readonly answered: (request: FastifyRequest, reply: FastifyReply) => void;
}

/** Everything that is decided before a request's body is read: who asks, whether there is an answer yet, and whether there is room. */
export async function useEdge(fastify: FastifyInstance, { access, admission, state, answered }: EdgeParts): Promise<void> {
  useBodyParsers(fastify);
  const bodies = new Bodies(MOST_UNREAD);
  fastify.decorateRequest('caller', undefined);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const { needs, worksWhileStarting, admits } = request.routeOptions.config as RouteNeeds;
    if (needs === undefined) return;
    request.caller = access.admit(request, needs);
    if (worksWhileStarting === undefined) requireReady(state());
    if (admits !== undefined && admission.isFull) throw overloaded(admission);
    if (!bodies.begin(request, reply)) throw overloaded(admission);
  });
  fastify.addHook('preHandler', async (request) => bodies.finish(request));
  fastify.addHook('onResponse', async (request, reply) => answered(request, reply));
  await fastify.register(rateLimit, {
    timeWindow: '1 minute',
    max: ({ routeOptions }) => REQUESTS_PER_MINUTE[(routeOptions.config as RouteNeeds).needs ?? 'submit'],
    keyGenerator: ({ caller, routeOptions }) => `${caller?.name} ${(routeOptions.config as { needs?: Role }).needs}`,
    // Without keys there is nobody but the one person at this machine.
    allowList: ({ caller }) => caller?.name === undefined,
    errorResponseBuilder: (_request, { ttl, max }) =>
      new ApiProblem(429, 'GATEWAY.RATE_LIMITED', { ko: `이 키로는 1분에 ${max}번까지 요청할 수 있습니다`, en: `a key may send ${max} requests a minute` }, { headers: { 'retry-after': String(Math.ceil(ttl / 1000)) } }),
  });
}

function requireReady({ ready, training }: ReturnType<GatewayParts['state']>): void {
  if (ready) return;
  const percent = training === undefined ? '' : ` (${Math.floor(100 * training)}%)`;
  const detail = { ko: `모델을 준비하고 있습니다${percent}`, en: `the model is being made ready${percent}` };
  throw new ApiProblem(503, 'GATEWAY.STARTING', detail, { headers: { 'retry-after': training === undefined ? '1' : '5' }, members: training === undefined ? {} : { training } });
}

/** Keeps count of the bodies that are being read. */
class Bodies {
  private readonly sizes = new WeakMap<FastifyRequest, number>();
  private total = 0;

  constructor(private readonly most: number) {}

  /** Whether there is room for the body of this request. */
  begin(request: FastifyRequest, reply: FastifyReply): boolean {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    const size = encoding === undefined ? Number(length ?? 0) : LARGEST_BODY;
    if (size === 0 || size > LARGEST_BODY) return true; // One that is too large is refused before it is read.
    if (this.total + size > this.most) return false;
    this.total += size;
    this.sizes.set(request, size);
    reply.raw.once('close', () => this.finish(request));
    return true;
  }

  finish(request: FastifyRequest): void {
    this.total -= this.sizes.get(request) ?? 0;
    this.sizes.delete(request);
  }
}
