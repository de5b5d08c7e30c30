export { ALL_COLLECTIONS } from './all-collections.js';
export { Standalone, type StandaloneOptions } from './standalone.js';
