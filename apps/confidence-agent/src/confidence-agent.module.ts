import { DEFAULT_ERROR_TARGET } from '@math-labeler/confidence';
import { type Labelling } from '@math-labeler/labeler';
import { type Platform } from '@math-labeler/service-kit';
import { onStore } from '@math-labeler/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { DecideLabelHandler } from './decide-label.handler.js';
import { Judge } from './judgement.js';
import { RememberReviewHandler } from './remember-review.handler.js';
import { SourceProfiles } from './source-profiles.js';
import { MongoDecisionStore } from './stores/decision.mongo.js';
import { SqliteDecisionStore } from './stores/decision.sqlite.js';
import { DecisionStore } from './stores/decision.store.js';
import { MongoSourceMassStore } from './stores/source-mass.mongo.js';
import { SqliteSourceMassStore } from './stores/source-mass.sqlite.js';
import { SourceMassStore } from './stores/source-mass.store.js';

export type AgentParts = Pick<Labelling, 'curriculum' | 'calibration' | 'llmCalibrations'>;

/** Compares the votes, calibrates, and decides, or asks a person. */
@Module({})
export class ConfidenceAgentModule {
  static on({ store }: Pick<Platform, 'store'>, { curriculum, calibration, llmCalibrations }: AgentParts): DynamicModule {
    return {
      module: ConfidenceAgentModule,
      controllers: [DecideLabelHandler, RememberReviewHandler],
      providers: [
        { provide: Judge, useFactory: () => new Judge(curriculum, calibration, llmCalibrations, DEFAULT_ERROR_TARGET) },
        { provide: DecisionStore, useFactory: () => onStore<DecisionStore>(store, { sqlite: (s) => new SqliteDecisionStore(s), mongo: (s) => new MongoDecisionStore(s) }) },
        { provide: SourceMassStore, useFactory: () => onStore<SourceMassStore>(store, { sqlite: (s) => new SqliteSourceMassStore(s), mongo: (s) => new MongoSourceMassStore(s) }) },
        { provide: SourceProfiles, useFactory: (masses: SourceMassStore) => new SourceProfiles(masses, curriculum), inject: [SourceMassStore] },
      ],
    };
  }
}
