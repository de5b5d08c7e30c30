export { IngestionModule } from './ingestion.module.js';
export { LONGEST_ID, LONGEST_TEXT } from './read-submission.js';
export { INGESTION_COLLECTIONS } from './stores/collections.js';
