import { type Curriculum } from '@math-labeler/curriculum';
import { type Platform } from '@math-labeler/service-kit';
import { onStore } from '@math-labeler/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { KeepLabelHandler } from './keep-label.handler.js';
import { CURRICULUM, PATIENCE, RecordFeedbackHandler } from './record-feedback.handler.js';
import { MongoReviewStore } from './stores/review.mongo.js';
import { SqliteReviewStore } from './stores/review.sqlite.js';
import { ReviewStore } from './stores/review.store.js';

/** Checks what reviewers answer, weighs it, and keeps it. */
@Module({})
export class FeedbackModule {
  static on({ store, settings }: Pick<Platform, 'store' | 'settings'>, curriculum: Curriculum): DynamicModule {
    return {
      module: FeedbackModule,
      controllers: [KeepLabelHandler, RecordFeedbackHandler],
      providers: [
        { provide: CURRICULUM, useValue: curriculum },
        // The last try is for the rejection.
        { provide: PATIENCE, useValue: Math.min(3, settings.maxTries - 1) },
        { provide: ReviewStore, useFactory: () => onStore<ReviewStore>(store, { sqlite: (s) => new SqliteReviewStore(s), mongo: (s) => new MongoReviewStore(s) }) },
      ],
    };
  }
}
