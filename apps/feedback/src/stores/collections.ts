import { type AnyCollection } from '@math-labeler/storage';
import { FEEDBACK_LABELS, FEEDBACK_REVIEWS } from './review.mongo.js';

/** What this service keeps in MongoDB, for `mathlabel db migrate`. */
export const FEEDBACK_COLLECTIONS: readonly AnyCollection[] = [FEEDBACK_LABELS, FEEDBACK_REVIEWS];
