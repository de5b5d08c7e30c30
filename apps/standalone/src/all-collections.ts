import { CONFIDENCE_AGENT_COLLECTIONS } from '@math-labeler/confidence-agent';
import { FEEDBACK_COLLECTIONS } from '@math-labeler/feedback';
import { GATEWAY_COLLECTIONS } from '@math-labeler/gateway';
import { INGESTION_COLLECTIONS } from '@math-labeler/ingestion';
import { KNOWLEDGE_COLLECTIONS } from '@math-labeler/knowledge-base';
import { LLM_COLLECTIONS } from '@math-labeler/llm';
import { RETRIEVAL_COLLECTIONS } from '@math-labeler/retrieval';
import { type AnyCollection } from '@math-labeler/storage';

/** What every part of the product keeps in MongoDB. */
export const ALL_COLLECTIONS: readonly AnyCollection[] = [
  ...INGESTION_COLLECTIONS,
  ...RETRIEVAL_COLLECTIONS,
  ...CONFIDENCE_AGENT_COLLECTIONS,
  ...FEEDBACK_COLLECTIONS,
  ...GATEWAY_COLLECTIONS,
  ...KNOWLEDGE_COLLECTIONS,
  ...LLM_COLLECTIONS,
];
