import { type KnowledgeBase } from '@math-labeler/curriculum';
import { normalise } from '@math-labeler/problem-text';
import { knowledgeDocuments, type KnowledgeIndexVersions } from '@math-labeler/search';
import { productVersion } from '@math-labeler/storage';
import { EXIT, type ExitCode } from '../exit-code.js';
import { presentKnowledge } from '../knowledge/present-knowledge.js';
import { startProgress } from '../progress.js';
import { type Session, tell } from '../session.js';
import { reportOn, tellReport } from './check-index.js';
import { embeddedDocuments } from './embedded-documents.js';
import { withIndexes } from './open-index.js';

export async function buildIndex(session: Session, { swap, json }: { readonly swap: boolean; readonly json: boolean }): Promise<ExitCode> {
  const knowledge = await presentKnowledge(session);
  return withIndexes(session, async (versions) => {
    const name = await built(session, versions, knowledge);
    const report = swap ? await reportOn(session, versions, name, knowledge) : undefined;
    const isSwapped = report !== undefined && report.faults.length === 0;
    if (isSwapped) await versions.swap(name);
    if (json) session.stdout.write(`${JSON.stringify({ name, swapped: isSwapped, check: report }, null, 2)}\n`);
    else session.stdout.write(`${name}\n`);
    if (report === undefined) return EXIT.done;
    if (!json) tellReport(session, report);
    if (isSwapped) tell(session, { ko: '이제 이 색인이 쓰입니다.', en: 'It is live now.' });
    return isSwapped ? EXIT.done : EXIT.someFailed;
  });
}

async function built(session: Session, versions: KnowledgeIndexVersions, knowledge: KnowledgeBase): Promise<string> {
  const documents = await embeddedDocuments(session, knowledgeDocuments(knowledge, normalise));
  const { dataset, taxonomy } = knowledge.fingerprints;
  const progress = startProgress(session, { ko: `문서 ${documents.length}개로 색인을 만듭니다`, en: `Building an index of ${documents.length} documents` }, documents.length);
  try {
    return await versions.build(documents, { dataset, taxonomy, product: productVersion() }, { signal: session.signal, onProgress: (done) => progress.set(done) });
  } finally {
    progress.stop();
  }
}
