import { PermanentError, TransientError } from '@math-labeler/contracts';
import { type Bilingual, InputError } from '@math-labeler/curriculum';
import { openEmbedder } from '@math-labeler/llm';
import { embedDocuments, type KnowledgeDocument } from '@math-labeler/search';
import { startProgress } from '../progress.js';
import { type Session, tell } from '../session.js';
import { withVectors } from './open-vectors.js';

/** The documents with their vectors, where OPENAI_EMBEDDING_MODEL names a model: what was embedded before is not embedded again. */
export async function embeddedDocuments(session: Session, documents: readonly KnowledgeDocument[]): Promise<readonly KnowledgeDocument[]> {
  const { readSettings } = await import('@math-labeler/service-kit');
  const { embedding } = readSettings(session.env);
  if (embedding === undefined) return documents;
  const { model } = embedding;
  const progress = startProgress(session, { ko: `문서 ${documents.length}개의 임베딩을 구합니다 (${model})`, en: `Embedding ${documents.length} documents (${model})` }, documents.length);
  let texts = 0;
  const onProgress = (done: number, embedded: number): void => {
    texts = embedded;
    progress.set(done);
  };
  try {
    return await withVectors(session, (vectors) => embedDocuments(documents, { embedder: openEmbedder(embedding), vectors }, { onProgress, signal: session.signal }));
  } catch (error) {
    throw explained(error);
  } finally {
    progress.stop();
    tell(session, { ko: `새로 구한 임베딩: ${texts}개`, en: `Texts embedded anew: ${texts}` });
  }
}

function explained(error: unknown): unknown {
  const told = (code: string, reason: Bilingual): InputError => new InputError(code, { file: 'environment' }, 'OPENAI_EMBEDDING_MODEL', reason, { cause: error });
  if (error instanceof TransientError) {
    return told('CLI.EMBEDDING_AWAY', { ko: `지금은 임베딩을 구할 수 없습니다. 다시 하면 이어서 합니다 (${error.message})`, en: `cannot be asked just now; the next try goes on from here (${error.message})` });
  }
  if (error instanceof PermanentError) {
    return told('CLI.EMBEDDING_REFUSED', { ko: `이 모델로는 임베딩을 구할 수 없습니다 (${error.message})`, en: `cannot be used (${error.message})` });
  }
  return error;
}
