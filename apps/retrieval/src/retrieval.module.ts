import { type KnowledgeBase } from '@math-labeler/curriculum';
import { type Platform } from '@math-labeler/service-kit';
import { onStore } from '@math-labeler/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { Knowledge } from './knowledge.js';
import { LearnFromFeedbackHandler } from './learn-from-feedback.handler.js';
import { RetrieveEvidenceHandler } from './retrieve-evidence.handler.js';
import { MongoLearnedExampleStore } from './stores/learned-example.mongo.js';
import { SqliteLearnedExampleStore } from './stores/learned-example.sqlite.js';
import { LearnedExampleStore } from './stores/learned-example.store.js';

/** Finds what is known that is like a problem. */
@Module({})
export class RetrievalModule {
  static on({ store, index }: Pick<Platform, 'store' | 'index'>, base: KnowledgeBase): DynamicModule {
    return {
      module: RetrievalModule,
      controllers: [RetrieveEvidenceHandler, LearnFromFeedbackHandler],
      providers: [
        { provide: LearnedExampleStore, useFactory: () => onStore<LearnedExampleStore>(store, { sqlite: (s) => new SqliteLearnedExampleStore(s), mongo: (s) => new MongoLearnedExampleStore(s) }) },
        { provide: Knowledge, useFactory: (learned: LearnedExampleStore) => (index === undefined ? Knowledge.inMemory(base, learned) : Knowledge.inIndex(index, learned)), inject: [LearnedExampleStore] },
      ],
    };
  }
}
