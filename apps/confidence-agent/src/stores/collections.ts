import { type AnyCollection } from '@math-labeler/storage';
import { CONFIDENCE_DECISIONS, CONFIDENCE_REVIEWS } from './decision.mongo.js';
import { CONFIDENCE_SOURCE_MASSES } from './source-mass.mongo.js';

/** What this service keeps in MongoDB, for `mathlabel db migrate`. */
export const CONFIDENCE_AGENT_COLLECTIONS: readonly AnyCollection[] = [CONFIDENCE_DECISIONS, CONFIDENCE_REVIEWS, CONFIDENCE_SOURCE_MASSES];
