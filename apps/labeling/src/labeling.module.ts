import { type DynamicModule, Module } from '@nestjs/common';
import { LookAgainHandler } from './look-again.handler.js';
import { ProposeLabelHandler } from './propose-label.handler.js';
import { Voters } from './voters.js';

/** Lets independent voters say which standard and level a problem has. */
@Module({})
export class LabelingModule {
  static on(voters: Voters): DynamicModule {
    return {
      module: LabelingModule,
      controllers: [ProposeLabelHandler, LookAgainHandler],
      providers: [{ provide: Voters, useValue: voters }],
    };
  }
}
