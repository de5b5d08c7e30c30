import { type KnowledgeBase } from '@math-labeler/curriculum';
import { InProcessKnowledgeIndex } from '@math-labeler/search';
import { type Platform } from '@math-labeler/service-kit';
import { type DynamicModule, Module } from '@nestjs/common';
import { Knowledge } from './knowledge.js';
import { LearnFromFeedbackHandler } from './learn-from-feedback.handler.js';
import { RetrieveEvidenceHandler } from './retrieve-evidence.handler.js';
import { SqliteLearnedExampleStore } from './stores/learned-example.sqlite.js';
import { LearnedExampleStore } from './stores/learned-example.store.js';

/** Finds what is known that is like a problem. */
@Module({})
export class RetrievalModule {
  static on({ store }: Pick<Platform, 'store'>, base: KnowledgeBase): DynamicModule {
    return {
      module: RetrievalModule,
      controllers: [RetrieveEvidenceHandler, LearnFromFeedbackHandler],
      providers: [
        { provide: LearnedExampleStore, useFactory: () => new SqliteLearnedExampleStore(store) },
        { provide: Knowledge, useFactory: (learned: LearnedExampleStore) => Knowledge.open(base, new InProcessKnowledgeIndex(), learned), inject: [LearnedExampleStore] },
      ],
    };
  }
}
