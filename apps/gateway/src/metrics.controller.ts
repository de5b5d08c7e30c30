import { type Platform } from '@math-labeler/service-kit';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Needs } from './access/needs.js';
import type { GatewayParts } from './gateway-parts.js';
import { OwnDelivery } from './own-delivery.js';
import { PARTS, PLATFORM } from './parts-token.js';

@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(PLATFORM) private readonly platform: Pick<Platform, 'broker' | 'metrics'>,
    @Inject(PARTS) private readonly parts: GatewayParts,
    private readonly own: OwnDelivery,
  ) {}

  @Get()
  @Needs('operate', { worksWhileStarting: true })
  async show(@Res() reply: FastifyReply): Promise<void> {
    const { broker, metrics } = this.platform;
    metrics.lag.reset();
    for (const { group, topic, committed, end } of await broker.lag()) metrics.lag.inc({ group, topic }, end - committed);
    for (const { service, health } of this.own.withOthers(this.parts.services())) metrics.inFlight.set({ service }, health?.held ?? 0);
    void reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  }
}
