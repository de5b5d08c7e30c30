import { type AnyCollection } from '@math-labeler/storage';
import { LLM_BATCHES } from './batch/batch.mongo.js';
import { LLM_CALLS, LLM_PAGES } from './ledger/ledger.mongo.js';
import { LLM_REPLIES } from './replies/reply.mongo.js';

/** What is kept in MongoDB, for `mathlabel db migrate`. */
export const LLM_COLLECTIONS: readonly AnyCollection[] = [LLM_REPLIES, LLM_PAGES, LLM_CALLS, LLM_BATCHES];
