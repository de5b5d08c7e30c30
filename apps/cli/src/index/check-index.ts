import { type KnowledgeBase } from '@math-labeler/curriculum';
import { readKnowledge } from '@math-labeler/labeler';
import { normalise } from '@math-labeler/problem-text';
import { type IndexReport, type KnowledgeIndexVersions, type Recall } from '@math-labeler/search';
import { EXIT, type ExitCode } from '../exit-code.js';
import { startProgress } from '../progress.js';
import { type Session, tell } from '../session.js';
import { chosenIndex, withIndexes } from './open-index.js';

export async function checkIndex(session: Session, name: string | undefined, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const knowledge = await readKnowledge();
  return withIndexes(session, async (versions) => {
    const { name: chosen } = await chosenIndex(versions, name);
    const report = await reportOn(session, versions, chosen, knowledge);
    if (json) session.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else tellReport(session, report);
    return report.faults.length === 0 ? EXIT.done : EXIT.someFailed;
  });
}

/** Holds an index against the curriculum and the gold problems, and shows how far it is. */
export async function reportOn(session: Session, versions: KnowledgeIndexVersions, name: string, { curriculum, evaluation }: KnowledgeBase): Promise<IndexReport> {
  const progress = startProgress(session, { ko: '색인을 검사합니다', en: 'Checking the index' }, 100);
  try {
    return await versions.check(name, {
      codes: curriculum.standards.map(({ code }) => code),
      gold: evaluation.map(({ text, code }) => ({ text: normalise(text), code })),
      onProgress: (done, total) => progress.set(Math.floor((100 * done) / total)),
      signal: session.signal,
    });
  } finally {
    progress.stop();
  }
}

export function tellReport(session: Session, { name, documents, learned, recall, liveRecall, faults }: IndexReport): void {
  tell(session, {
    ko: `${name}: 문서 ${documents}개 (검토에서 배운 것 ${learned}개). 정답 성취기준이 1·5·20위 안: ${shares(recall)}${liveRecall === undefined ? '' : ` (지금 색인: ${shares(liveRecall)})`}`,
    en: `${name}: ${documents} documents (${learned} learnt from reviews). Right standard in the first 1, 5, 20: ${shares(recall)}${liveRecall === undefined ? '' : ` (live index: ${shares(liveRecall)})`}`,
  });
  for (const { message } of faults) tell(session, { ko: `✗ ${message.ko}`, en: `✗ ${message.en}` });
  if (faults.length === 0) tell(session, { ko: '검사를 통과했습니다.', en: 'It has passed the check.' });
  else tell(session, { ko: '검사를 통과하지 못했습니다. 지금 색인은 그대로입니다.', en: 'It has not passed the check; the live index is as it was.' });
}

function shares({ at1, at5, at20 }: Recall): string {
  return `${[at1, at5, at20].map((share) => (100 * share).toFixed(1)).join(' · ')} %`;
}
