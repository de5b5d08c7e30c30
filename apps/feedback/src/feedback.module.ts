import { type Curriculum } from '@math-labeler/curriculum';
import { type Platform } from '@math-labeler/service-kit';
import { type DynamicModule, Module } from '@nestjs/common';
import { KeepLabelHandler } from './keep-label.handler.js';
import { CURRICULUM, RecordFeedbackHandler } from './record-feedback.handler.js';
import { SqliteReviewStore } from './stores/review.sqlite.js';
import { ReviewStore } from './stores/review.store.js';

/** Checks what reviewers answer, weighs it, and keeps it. */
@Module({})
export class FeedbackModule {
  static on({ store }: Platform, curriculum: Curriculum): DynamicModule {
    return {
      module: FeedbackModule,
      controllers: [KeepLabelHandler, RecordFeedbackHandler],
      providers: [
        { provide: CURRICULUM, useValue: curriculum },
        { provide: ReviewStore, useFactory: () => new SqliteReviewStore(store) },
      ],
    };
  }
}
