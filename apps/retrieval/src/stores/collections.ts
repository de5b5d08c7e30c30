import { SEARCH_COLLECTIONS } from '@math-labeler/search';
import { type AnyCollection } from '@math-labeler/storage';
import { RETRIEVAL_LEARNED } from './learned-example.mongo.js';

/** What this service keeps in MongoDB, for `mathlabel db migrate`. */
export const RETRIEVAL_COLLECTIONS: readonly AnyCollection[] = [RETRIEVAL_LEARNED, ...SEARCH_COLLECTIONS];
