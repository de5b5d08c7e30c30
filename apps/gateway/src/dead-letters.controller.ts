import { DeadLetterBox } from '@math-labeler/messaging';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Needs } from './access/needs.js';
import { LogWatch } from './log-watch.js';
import { deadLetterQuery, readBody, readQuery, redriveBody } from './read-query.js';

@Controller('api/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly box: DeadLetterBox,
    private readonly watch: LogWatch,
  ) {}

  @Get()
  @Needs('operate')
  async list(@Query() query: unknown): Promise<object> {
    const letters = await this.box.list(readQuery(query, deadLetterQuery));
    return { deadLetters: letters.map(({ at, ...letter }) => ({ ...letter, at: new Date(at).toISOString() })) };
  }

  @Post('redrive')
  @HttpCode(200)
  @Needs('operate')
  async redrive(@Body() body: unknown): Promise<object> {
    return { redriven: await this.watch.redrive(readBody(body ?? {}, redriveBody)) };
  }
}
