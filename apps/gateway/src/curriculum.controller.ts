import { type Curriculum } from '@math-labeler/curriculum';
import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Needs } from './access/needs.js';
import type { GatewayParts } from './gateway-parts.js';
import { PARTS } from './parts-token.js';

@Controller('api/curriculum')
export class CurriculumController {
  private readonly body: string;
  private readonly etag: string;

  constructor(@Inject(PARTS) { curriculum }: GatewayParts) {
    this.body = JSON.stringify(curriculumOf(curriculum));
    this.etag = `"${curriculum.fingerprint.slice(0, 16)}"`;
  }

  @Get()
  @Needs('submit', { worksWhileStarting: true })
  show(@Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): void {
    void reply.headers({ etag: this.etag, 'cache-control': 'no-cache' });
    if (known?.includes(this.etag) === true) void reply.code(304).send();
    else void reply.type('application/json; charset=utf-8').send(this.body);
  }
}

/** Domains → units → standards, in the curriculum's order; a unit's name may recur in another grade band. */
function curriculumOf({ standards, levels, fingerprint }: Curriculum): object {
  const domains = new Map<string, Map<string, { 중분류: string; gradeBand: string; standards: object[] }>>();
  for (const { code, domain, unit, gradeBand, statement, semesters } of standards) {
    const units = domains.get(domain) ?? new Map();
    domains.set(domain, units);
    const key = `${gradeBand} ${unit}`;
    if (!units.has(key)) units.set(key, { 중분류: unit, gradeBand, standards: [] });
    units.get(key)!.standards.push({ code, statement, semesters });
  }
  return { version: fingerprint.slice(0, 12), levels, domains: [...domains].map(([domain, units]) => ({ 대분류: domain, units: [...units.values()] })) };
}
