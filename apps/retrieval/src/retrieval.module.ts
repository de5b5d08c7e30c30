import { type KnowledgeBase } from '@math-labeler/curriculum';
import { openMeteredEmbedder } from '@math-labeler/llm';
import { openVectors } from '@math-labeler/search';
import { type Platform } from '@math-labeler/service-kit';
import { onStore } from '@math-labeler/storage';
import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { type BackgroundOptions } from './background-embedding.js';
import { Knowledge } from './knowledge.js';
import { LearnFromFeedbackHandler, PERSONAL_DATA } from './learn-from-feedback.handler.js';
import { rarely } from './rarely.js';
import { RetrieveEvidenceHandler } from './retrieve-evidence.handler.js';
import { MongoLearnedExampleStore } from './stores/learned-example.mongo.js';
import { SqliteLearnedExampleStore } from './stores/learned-example.sqlite.js';
import { LearnedExampleStore } from './stores/learned-example.store.js';

/** An embedder that is away is missed by every problem. */
const COMPLAINTS_MS = 60_000;

/** Finds what is known that is like a problem. */
@Module({})
export class RetrievalModule {
  static on(platform: Pick<Platform, 'store' | 'index' | 'settings'>, base: KnowledgeBase): DynamicModule {
    const { store, settings } = platform;
    return {
      module: RetrievalModule,
      controllers: [RetrieveEvidenceHandler, LearnFromFeedbackHandler],
      providers: [
        { provide: PERSONAL_DATA, useValue: settings.personalData },
        { provide: LearnedExampleStore, useFactory: () => onStore<LearnedExampleStore>(store, { sqlite: (s) => new SqliteLearnedExampleStore(s), mongo: (s) => new MongoLearnedExampleStore(s) }) },
        { provide: Knowledge, useFactory: (learned: LearnedExampleStore) => openKnowledge(platform, base, learned), inject: [LearnedExampleStore] },
      ],
    };
  }
}

async function openKnowledge(platform: Pick<Platform, 'store' | 'index' | 'settings'>, base: KnowledgeBase, learned: LearnedExampleStore): Promise<Knowledge> {
  const meaning = await meaningOn(platform);
  return platform.index === undefined ? Knowledge.inMemory(base, learned, meaning) : Knowledge.inIndex(platform.index, learned, meaning);
}

/** Undefined where no embedder is named: texts are then compared by their wording alone. */
async function meaningOn({ store, settings: { embedding } }: Pick<Platform, 'store' | 'settings'>): Promise<BackgroundOptions | undefined> {
  if (embedding === undefined) return undefined;
  const log = new Logger('embedding');
  const warn = ({ message }: Error): void => log.warn(`texts are compared by their wording alone: ${message}`);
  const embedder = await openMeteredEmbedder({ ...embedding, onUncounted: ({ message }) => log.warn(`a request could not be counted: ${message}`) }, store);
  return { embedder, vectors: openVectors(store), onAbsent: rarely(warn, COMPLAINTS_MS, Date.now) };
}
