import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readProblems, sizeOf, type Source } from '@math-labeler/problem-files';
import { type FaultList } from './fault-list.js';
import { type Session } from './session.js';

/** What is to be read, and how much of it there is. */
export interface Input {
  /** The sources, to be read from their beginning. */
  sources(): Source[];
  /** 0 where it is unknown. */
  readonly bytes: number;
  close(): Promise<void>;
}

/** Opens the files. What streams in (standard input, `<(command)`) can be read only once: to be read twice, it is kept in temporary files meanwhile. */
export async function openInput({ signal }: Session, files: readonly string[], times: 'once' | 'twice'): Promise<Input> {
  if (files.includes('-')) addAbortSignal(signal, process.stdin);
  const streams = new Set<string>();
  for (const file of files) if (await isStream(file)) streams.add(file);
  if (streams.size === 0 || times === 'once') {
    // A terminal that is still listened to would keep the program alive after a failure.
    const close = async (): Promise<void> => void (files.includes('-') && process.stdin.destroy());
    return { sources: () => [...files], bytes: streams.size > 0 ? 0 : await sizeOf(files), close };
  }
  const folder = await mkdtemp(join(tmpdir(), 'mathlabel-'));
  const close = () => rm(folder, { recursive: true, force: true });
  const kept = new Map([...streams].map((file, i) => [file, join(folder, String(i))]));
  try {
    for (const [file, copy] of kept) await pipeline(file === '-' ? (process.stdin as Readable) : createReadStream(file), createWriteStream(copy), { signal });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    sources: () => files.map((file) => (kept.has(file) ? { name: file, stream: createReadStream(kept.get(file)!) } : file)),
    bytes: await sizeOf(files.map((file) => kept.get(file) ?? file)),
    close,
  };
}

async function isStream(file: string): Promise<boolean> {
  if (file === '-') return true;
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Whether there is nothing to read at all, which is then listed: a mistyped name costs neither a training nor the results of yesterday. */
export async function holdsNothing(files: readonly string[], faults: FaultList): Promise<boolean> {
  for (const file of files) if ((await isStream(file)) || (await sizeOf([file])) > 0) return false;
  for await (const outcome of readProblems(files)) if (outcome.kind === 'fault') await faults.add(outcome.error);
  return true;
}
