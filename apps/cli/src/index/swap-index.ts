import { readKnowledge } from '@math-labeler/labeler';
import { EXIT, type ExitCode } from '../exit-code.js';
import { type Session, tell } from '../session.js';
import { reportOn, tellReport } from './check-index.js';
import { chosenIndex, withIndexes } from './open-index.js';

export async function swapIndex(session: Session, name: string | undefined, { unchecked }: { readonly unchecked: boolean }): Promise<ExitCode> {
  const knowledge = await readKnowledge();
  return withIndexes(session, async (versions) => {
    const chosen = await chosenIndex(versions, name);
    if (!unchecked && !chosen.isLive) {
      const report = await reportOn(session, versions, chosen.name, knowledge);
      tellReport(session, report);
      if (report.faults.length > 0) return EXIT.someFailed;
    }
    // One that is live already may have been cut short while it was caught up with.
    await versions.swap(chosen.name);
    tellLive(session, chosen.name);
    return EXIT.done;
  });
}

export async function rollbackIndex(session: Session): Promise<ExitCode> {
  return withIndexes(session, async (versions) => {
    tellLive(session, await versions.rollback());
    return EXIT.done;
  });
}

function tellLive(session: Session, name: string): void {
  tell(session, { ko: `이제 ${name}이(가) 쓰입니다.`, en: `${name} is live now.` });
}
