export { groupByStandard, type StandardCandidate } from './group-by-standard.js';
export { InProcessKnowledgeIndex } from './in-process-knowledge-index.js';
export { knowledgeDocuments } from './knowledge-documents.js';
export { type KnowledgeDocument, type KnowledgeHit, type KnowledgeIndex, type KnowledgeKind, type KnowledgeQuery } from './knowledge-index.js';
