import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { learnSourceCalibration, type Reviewed } from '@math-labeler/confidence';
import { type InputError } from '@math-labeler/curriculum';
import { type Labeler, type LabelResult, type LabelingContext, type Reading } from '@math-labeler/labeler';
import { type Notice, type Problem, readProblems, type ReadOptions, sizeOf, type Source } from '@math-labeler/problem-files';
import { type LabelingOptions } from './options.js';
import { startProgress } from './progress.js';
import { type Session, tell } from './session.js';
import { namedSource, SourceContexts } from './source-contexts.js';

/** A problem with what its label is made from. */
export interface ReadProblem {
  readonly problem: Problem;
  readonly reading: Reading;
  readonly context: LabelingContext;
}

export interface ReadFilesOptions extends LabelingOptions {
  readonly reading?: ReadOptions;
  /** Problems that need no label any more. */
  readonly isFinished?: (id: string) => boolean;
  readonly onFault: (error: InputError) => Promise<void> | void;
}

/**
 * Reads the problems of all files in order, ready to be labelled. Unless sources are mixed or the grade is told, the files are read twice: first
 * to learn what grade band each source teaches. Faults go to `onFault` once; notices are told at once.
 */
export async function* readFiles(session: Session, labeler: Labeler, files: readonly string[], options: ReadFilesOptions): AsyncGenerator<ReadProblem> {
  const contexts = new SourceContexts(labeler, options);
  if (options.reviewed !== undefined) await learnFromReviewed(session, labeler, contexts, options.reviewed, options);
  const input = await openInput(files, contexts.looksAhead);
  try {
    if (contexts.looksAhead) await lookAhead(session, contexts, input, options);
    yield* readAll(session, labeler, contexts, input, options);
  } finally {
    await input.close();
  }
}

interface Input {
  /** The sources, to be read from their beginning. */
  sources(): Source[];
  readonly bytes: number;
  close(): Promise<void>;
}

/** Standard input can be read only once: where it is needed twice, it is kept in a temporary file meanwhile. */
async function openInput(files: readonly string[], twice: boolean): Promise<Input> {
  const bytes = await sizeOf(files.filter((file) => file !== '-'));
  if (!twice || !files.includes('-')) return { sources: () => [...files], bytes, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'mathlabel-'));
  const kept = join(folder, 'stdin');
  await pipeline(process.stdin, createWriteStream(kept));
  return {
    sources: () => files.map((file) => (file === '-' ? { name: '-', stream: createReadStream(kept) } : file)),
    bytes: bytes + (await sizeOf([kept])),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function lookAhead(session: Session, contexts: SourceContexts, input: Input, { reading }: ReadFilesOptions): Promise<void> {
  const progress = startProgress(session, { ko: '출처 살펴보기', en: 'Looking at the sources' }, input.bytes);
  try {
    for await (const outcome of readProblems(input.sources(), { ...reading, onProgress: (bytes) => progress.set(bytes) })) {
      session.signal.throwIfAborted();
      if (outcome.kind === 'problem') contexts.see(outcome.problem);
    }
    await contexts.learn(() => session.signal.throwIfAborted());
  } finally {
    progress.stop();
  }
}

async function* readAll(session: Session, labeler: Labeler, contexts: SourceContexts, input: Input, { reading, isFinished = () => false, onFault }: ReadFilesOptions): AsyncGenerator<ReadProblem> {
  const progress = startProgress(session, { ko: '라벨링', en: 'Labelling' }, input.bytes);
  try {
    for await (const outcome of readProblems(input.sources(), { ...reading, onProgress: (bytes) => progress.set(bytes) })) {
      session.signal.throwIfAborted();
      if (outcome.kind === 'fault') await onFault(outcome.error);
      else if (outcome.kind === 'notice') tellNotice(session, outcome);
      else if (!isFinished(outcome.problem.id)) yield await readOne(labeler, contexts, outcome.problem);
    }
  } finally {
    progress.stop();
  }
}

async function readOne(labeler: Labeler, contexts: SourceContexts, problem: Problem): Promise<ReadProblem> {
  return { problem, reading: await labeler.read(problem.text), context: contexts.contextOf(problem) };
}

/** The label of a problem, with the metadata that came with it. */
export function labelOf(labeler: Labeler, { problem, reading, context }: ReadProblem): LabelResult {
  const result = labeler.label(problem.id, reading, context);
  return problem.metadata === undefined ? result : { ...result, metadata: problem.metadata };
}

function tellNotice(session: Session, { place, message }: Notice): void {
  tell(session, { ko: `${place.file}: ${message.ko}`, en: `${place.file}: ${message.en}` });
}

/** Fits the confidence of a source to its reviewed problems; those that name no source speak for everything that names none. */
async function learnFromReviewed(session: Session, labeler: Labeler, contexts: SourceContexts, file: string, options: LabelingOptions): Promise<void> {
  const problems: Problem[] = [];
  const known = new Set(labeler.curriculum.byCode.keys());
  for await (const outcome of readProblems(file, { gold: 'required', knownCodes: known })) {
    if (outcome.kind === 'problem') problems.push(outcome.problem);
    else if (outcome.kind === 'fault') throw outcome.error;
    else tellNotice(session, outcome);
  }
  const own = new SourceContexts(labeler, options);
  if (own.looksAhead) {
    for (const problem of problems) own.see(problem);
    await own.learn();
  }
  const bySource = new Map<string | undefined, { standards: Reviewed[]; levels: Reviewed[] }>();
  for (const problem of problems) {
    const { code, level, confidence, levelConfidence } = labelOf(labeler, await readOne(labeler, own, problem));
    const source = namedSource(problem);
    const reviewed = bySource.get(source) ?? { standards: [], levels: [] };
    bySource.set(source, reviewed);
    reviewed.standards.push({ confidence, right: problem.gold!.codes.includes(code) });
    if (problem.gold!.level !== undefined) reviewed.levels.push({ confidence: levelConfidence, right: problem.gold!.level === level });
  }
  for (const [source, { standards, levels }] of bySource) contexts.calibrate(source, learnSourceCalibration(standards, levels));
}
