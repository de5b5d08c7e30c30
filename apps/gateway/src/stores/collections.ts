import { type AnyCollection } from '@math-labeler/storage';
import { GATEWAY_PROBLEMS } from './problem-document.mongo.js';
import { GATEWAY_DEAD_LETTER_POSITIONS } from './problem-view.mongo.js';

/** What this service keeps in MongoDB, for `mathlabel db migrate`. */
export const GATEWAY_COLLECTIONS: readonly AnyCollection[] = [GATEWAY_PROBLEMS, GATEWAY_DEAD_LETTER_POSITIONS];
