import { healthOf, type Platform } from '@math-labeler/service-kit';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Open } from './access/needs.js';
import type { GatewayParts } from './gateway-parts.js';
import { OwnDelivery } from './own-delivery.js';
import { PARTS, PLATFORM } from './parts-token.js';

@Controller('health')
export class HealthController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Pick<Platform, 'parts'>,
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
    const { isReady, report } = healthOf({ ...this.parts.state(), services: this.own.withOthers(this.parts.services()), parts: this.platform.parts });
    void reply.code(isReady ? 200 : 503).send(report);
  }
}
