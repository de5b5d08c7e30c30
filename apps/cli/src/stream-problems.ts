import { type Bilingual, type InputError } from '@math-labeler/curriculum';
import { type Problem, readProblems, type ReadOptions } from '@math-labeler/problem-files';
import { type Input } from './input.js';
import { NoticeBoard } from './notice-board.js';
import { startProgress } from './progress.js';
import { type Session } from './session.js';

export interface StreamOptions {
  readonly reading?: ReadOptions;
  /** Problems that need no label any more. */
  readonly isFinished?: (id: string) => boolean;
  readonly onFault: (error: InputError) => Promise<void> | void;
}

export const LABELLING: Bilingual = { ko: '라벨링', en: 'Labelling' };

/** The problems of the input in order, with a progress bar of this title. Faults go to `onFault` as they come; notices are told at the end. */
export async function* streamProblems(session: Session, title: Bilingual, input: Input, { reading, isFinished = () => false, onFault }: StreamOptions): AsyncGenerator<Problem> {
  const notices = new NoticeBoard();
  const progress = startProgress(session, title, input.bytes);
  try {
    for await (const outcome of readProblems(input.sources(), { ...reading, onProgress: (bytes) => progress.set(bytes) })) {
      session.signal.throwIfAborted();
      if (outcome.kind === 'fault') await onFault(outcome.error);
      else if (outcome.kind === 'notice') notices.put(outcome);
      else if (!isFinished(outcome.problem.id)) yield outcome.problem;
    }
  } finally {
    progress.stop();
    notices.show(session);
  }
}
