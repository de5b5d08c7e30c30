export { RetrievalModule } from './retrieval.module.js';
export { RETRIEVAL_COLLECTIONS } from './stores/collections.js';
