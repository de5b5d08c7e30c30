import { type AnyCollection } from '@math-labeler/storage';
import { INGESTION_PROBLEMS, INGESTION_TEXTS } from './submission.mongo.js';

/** What this service keeps in MongoDB, for `mathlabel db migrate`. */
export const INGESTION_COLLECTIONS: readonly AnyCollection[] = [INGESTION_PROBLEMS, INGESTION_TEXTS];
