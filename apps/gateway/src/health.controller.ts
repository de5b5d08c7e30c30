import { type DeliveryHealth } from '@math-labeler/messaging';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Open } from './access/needs.js';
import type { GatewayParts } from './gateway-parts.js';
import { OwnDelivery } from './own-delivery.js';
import { PARTS } from './parts-token.js';

/** A service that has finished nothing for so long (ms), with work at hand, hangs. */
const STALLED_MS = 30_000;

@Controller('health')
export class HealthController {
  constructor(
    @Inject(PARTS) private readonly parts: GatewayParts,
    private readonly own: OwnDelivery,
  ) {}

  @Get('live')
  @Open()
  live(): object {
    return { status: 'live' };
  }

  @Get('ready')
  @Open()
  ready(@Res() reply: FastifyReply): void {
    const { ready, training } = this.parts.state();
    const services = this.own.withOthers(this.parts.services());
    const status = !ready ? 'starting' : services.every(({ health }) => isWell(health)) ? 'ready' : 'unwell';
    const told = Object.fromEntries(services.map(({ service, health }) => [service, healthOf(health)]));
    void reply.code(status === 'ready' ? 200 : 503).send({ status, ...(training === undefined ? {} : { training }), services: told });
  }
}

function isWell(health: DeliveryHealth | undefined): boolean {
  return health !== undefined && health.failed === undefined && health.stalledMs <= STALLED_MS;
}

function healthOf(health: DeliveryHealth | undefined): object {
  if (health === undefined) return { status: 'starting' };
  const { failed, ...numbers } = health;
  return { status: isWell(health) ? 'well' : failed === undefined ? 'stalled' : 'failed', ...numbers };
}
