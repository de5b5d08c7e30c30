import { stat } from 'node:fs/promises';
import { type LabelResult } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type OpenedBatches, openBatches } from '@math-labeler/llm';
import { openLabeler, type OpenedLabeler } from '../open-labeler.js';
import { startProgress } from '../progress.js';
import { labelOf, readFiles, type ReadFilesOptions } from '../read-files.js';
import { type Session } from '../session.js';
import { BatchNews } from './batch-news.js';
import { namesModel } from './open-voter.js';
import { unheard } from './unheard.js';

/**
 * Labels with a language model that is asked in batches: the files are read until nothing new is to be asked, first looks and then second ones, and labelled
 * from what came back. Interrupted, the same command goes on where it was. Throws InputError LLM.…
 */
export async function* labelByBatch(session: Session, files: readonly string[], options: ReadFilesOptions): AsyncGenerator<LabelResult> {
  const news = new BatchNews(session);
  const asking: { batches?: OpenedBatches } = {};
  const opened = await openLabeler(session, { instead: async (settings, store) => (asking.batches = await openBatches(settings, store, news)).consultant });
  try {
    const { consultant, run } = asking.batches!;
    const asked = new Set<string>();
    for (let count = 0; ; ) {
      count = await readThrough(session, opened, files, options, count);
      const questions = consultant.take().filter(({ key }) => !asked.has(JSON.stringify(key)));
      if (questions.length === 0) break;
      for (const { key } of questions) asked.add(JSON.stringify(key));
      news.tellResult(await run.run(questions, session.signal));
    }
    for await (const problem of readFiles(session, opened, files, options)) yield labelOf(opened.labeler, problem);
    news.tellMissing(consultant.take().length);
  } catch (error) {
    if (session.signal.aborted) news.tellHowToGoOn();
    throw opened.told(error);
  } finally {
    await opened.close();
  }
}

/** Reads all problems only to learn what is to be asked; gives how many they are. What is wrong with them is told when they are labelled. */
async function readThrough(session: Session, opened: OpenedLabeler, files: readonly string[], options: ReadFilesOptions, expected: number): Promise<number> {
  const progress = startProgress(session, { ko: '언어 모델에 물을 것 모으기', en: 'Collecting what to ask the language model' }, expected);
  const reading = readFiles(unheard(session), opened, files, { ...options, onFault: () => {} });
  let count = 0;
  try {
    while (!(await reading.next()).done) progress.set((count += 1));
    return count;
  } finally {
    progress.stop();
  }
}

/** Refuses what can never come to labels, before anything is overwritten: throws InputError CLI.BATCH_STREAM, CLI.NO_MODEL. */
export async function requireBatchable({ env }: Session, files: readonly string[]): Promise<void> {
  for (const file of files) if (await isStream(file)) throw stream(file);
  if (!namesModel(env)) throw noModel();
}

async function isStream(file: string): Promise<boolean> {
  if (file === '-') return true;
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function stream(file: string): InputError {
  return new InputError('CLI.BATCH_STREAM', { file }, undefined, { ko: '--batch는 파일을 여러 번 읽으므로 한 번만 읽을 수 있는 입력은 쓸 수 없습니다. 파일로 저장해서 주세요', en: 'can be read only once, and --batch reads its input several times; save it as a file' });
}

function noModel(): InputError {
  return new InputError('CLI.NO_MODEL', { file: 'environment' }, 'OPENAI_MODEL', { ko: '언어 모델이 없습니다. OPENAI_API_KEY나 OPENAI_BASE_URL을 주거나 --batch를 빼세요', en: 'names no language model; set OPENAI_API_KEY or OPENAI_BASE_URL, or leave out --batch' });
}
