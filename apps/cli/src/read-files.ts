import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { learnSourceCalibration, type Reviewed, sourceIn } from '@math-labeler/confidence';
import { type LabelResult } from '@math-labeler/contracts';
import { type Labeler, type LabelingContext, type Reading } from '@math-labeler/labeler';
import { type Problem, readProblems } from '@math-labeler/problem-files';
import { inOrder } from './in-order.js';
import { type Input, openInput } from './input.js';
import { NoticeBoard } from './notice-board.js';
import { type OpenedLabeler } from './open-labeler.js';
import { type LabelingOptions } from './options.js';
import { startProgress } from './progress.js';
import { type Session } from './session.js';
import { SourceContexts } from './source-contexts.js';
import { LABELLING, streamProblems, type StreamOptions } from './stream-problems.js';

/** A problem with what its label is made from. */
export interface ReadProblem {
  readonly problem: Problem;
  readonly reading: Reading;
  readonly context: LabelingContext;
}

export interface ReadFilesOptions extends LabelingOptions, StreamOptions {}

/** What problems are read with. */
export type Reader = Pick<OpenedLabeler, 'labeler' | 'llm'>;

/**
 * Reads the problems of all files in order, ready to be labelled. Unless sources are mixed or the grade is told, the files are read twice: first
 * to learn what grade band each source teaches. Faults go to `onFault` once; notices are told at the end.
 */
export async function* readFiles(session: Session, reader: Reader, files: readonly string[], options: ReadFilesOptions): AsyncGenerator<ReadProblem> {
  const contexts = new SourceContexts(reader.labeler, options);
  if (options.reviewed !== undefined) await learnFromReviewed(session, reader, contexts, options.reviewed, options);
  const input = await openInput(session, files, contexts.looksAhead ? 'twice' : 'once');
  try {
    if (contexts.looksAhead) await lookAhead(session, contexts, input, options);
    yield* readAll(session, reader, contexts, streamProblems(session, LABELLING, input, options));
  } finally {
    await input.close();
  }
}

async function lookAhead(session: Session, contexts: SourceContexts, input: Input, { reading }: ReadFilesOptions): Promise<void> {
  const progress = startProgress(session, { ko: '출처 살펴보기', en: 'Looking at the sources' }, input.bytes);
  try {
    for await (const outcome of readProblems(input.sources(), { ...reading, onProgress: (bytes) => progress.set(bytes) })) {
      session.signal.throwIfAborted();
      if (outcome.kind === 'problem') contexts.see(outcome.problem);
    }
    await contexts.learn(session.signal);
  } finally {
    progress.stop();
  }
}

/** One after the other; as many at a time as a language model may be asked about, where there is one. */
async function* readAll({ signal }: Session, { labeler, llm }: Reader, contexts: SourceContexts, problems: AsyncIterable<Problem>): AsyncGenerator<ReadProblem> {
  const read = (problem: Problem): Promise<ReadProblem> => readOne(labeler, contexts, problem, signal);
  if (llm === undefined) for await (const problem of problems) yield await read(problem);
  else yield* inOrder(problems, { size: 1, weightOf: () => 0, weight: 1, withinMs: 1000, inFlight: llm.inFlight }, async ([problem]) => [await read(problem)]);
}

async function readOne(labeler: Labeler, contexts: SourceContexts, problem: Problem, signal: AbortSignal): Promise<ReadProblem> {
  const context = contexts.contextOf(problem);
  return { problem, reading: await labeler.consult(await labeler.read(problem.text), context, signal), context };
}

/** The label of a problem, with the metadata that came with it. */
export function labelOf(labeler: Labeler, { problem, reading, context }: ReadProblem): LabelResult {
  const { versions, ...result } = labeler.label(problem.id, reading, context);
  return { ...result, ...(problem.metadata === undefined ? {} : { metadata: problem.metadata }), versions };
}

/** Fits the confidence of a source to its reviewed problems; those that name no source speak for everything that names none. */
async function learnFromReviewed(session: Session, reader: Reader, contexts: SourceContexts, file: string, options: LabelingOptions): Promise<void> {
  const { labeler } = reader;
  const problems: Problem[] = [];
  const notices = new NoticeBoard();
  const known = new Set(labeler.curriculum.byCode.keys());
  for await (const outcome of readProblems(file, { gold: 'required', knownCodes: known })) {
    if (outcome.kind === 'problem') problems.push(outcome.problem);
    else if (outcome.kind === 'fault') throw outcome.error;
    else notices.put(outcome);
  }
  notices.show(session);
  const own = new SourceContexts(labeler, options);
  if (own.looksAhead) {
    for (const problem of problems) own.see(problem);
    await own.learn(session.signal);
  }
  const bySource = new Map<string | undefined, { standards: Reviewed[]; levels: Reviewed[] }>();
  let read = 0;
  for await (const one of readAll(session, reader, own, Readable.from(problems))) {
    if (read++ % 20 === 0) await breathe();
    session.signal.throwIfAborted();
    const { problem } = one;
    const { code, level, confidence, levelConfidence } = labelOf(labeler, one);
    const source = sourceIn(problem.metadata);
    const reviewed = bySource.get(source) ?? { standards: [], levels: [] };
    bySource.set(source, reviewed);
    reviewed.standards.push({ confidence, right: problem.gold!.codes.includes(code) });
    if (problem.gold!.level !== undefined) reviewed.levels.push({ confidence: levelConfidence, right: problem.gold!.level === level });
  }
  for (const [source, { standards, levels }] of bySource) contexts.calibrate(source, learnSourceCalibration(standards, levels));
}
