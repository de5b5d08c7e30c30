import { type Platform } from '@math-labeler/service-kit';
import { onStore } from '@math-labeler/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { IngestProblemHandler, PERSONAL_DATA } from './ingest-problem.handler.js';
import { MongoSubmissionStore } from './stores/submission.mongo.js';
import { SqliteSubmissionStore } from './stores/submission.sqlite.js';
import { SubmissionStore } from './stores/submission.store.js';

/** Checks and reads what is submitted, and finds duplicates. */
@Module({})
export class IngestionModule {
  static on({ store, settings }: Pick<Platform, 'store' | 'settings'>): DynamicModule {
    return {
      module: IngestionModule,
      controllers: [IngestProblemHandler],
      providers: [
        { provide: PERSONAL_DATA, useValue: settings.personalData },
        { provide: SubmissionStore, useFactory: () => onStore<SubmissionStore>(store, { sqlite: (s) => new SqliteSubmissionStore(s), mongo: (s) => new MongoSubmissionStore(s) }) },
      ],
    };
  }
}
