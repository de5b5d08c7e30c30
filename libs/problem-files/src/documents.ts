import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Place } from '@math-labeler/curriculum';
import { fromFileSystem } from './fault.js';

/** One file to read: on disk, inside an archive, or a stream. */
export interface Document {
  readonly place: Place;
  readonly source: string;
  /** Set for a file on disk, which need not be held in memory where parts of it are read out of order. */
  readonly path?: string;
  readonly open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
  /** `found` in a folder or archive among others, rather than named by a person: what is of another kind is passed over. */
  readonly named: 'by a person' | 'found';
  /** How many archives it is packed in. */
  readonly depth: number;
}

/** The files that a path stands for: itself, or those of a folder and all folders in it, sorted; and the names of those that are no problem files. */
export async function documentsAt(path: string): Promise<{ documents: Document[]; passedOver: string[] }> {
  const found = await locate(path);
  if (!found.isFolder) return { documents: [onDisk(found.path, path, 'by a person')], passedOver: [] };
  const files = (await filesIn(found.path)).sort((one, other) => (one.normalize('NFC') < other.normalize('NFC') ? -1 : 1));
  return {
    documents: files.filter(isReadable).map((file) => onDisk(join(found.path, file), path, 'found')),
    passedOver: files.filter((file) => !isReadable(file)),
  };
}

/** Bytes on disk of everything that is read for these paths: what a progress bar counts up to. Missing paths count as nothing. */
export async function sizeOf(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const documents = await documentsAt(path).then(({ documents }) => documents, () => []);
    for (const { path: file } of documents) if (file !== undefined) bytes += await stat(file).then(({ size }) => size, () => 0);
  }
  return bytes;
}

const READABLE = /\.(?:ndjson|jsonl|json|csv|tsv|xlsx|zip)$/i;

/** Whether a file found among others is a problem file by its name; locks (`~$`) and hidden files of desktops are not. */
export function isReadable(name: string): boolean {
  return READABLE.test(name) && !isHidden(name);
}

export function isHidden(name: string): boolean {
  return /(?:^|\/)(?:\.|~\$|__MACOSX\/)/.test(name.replaceAll('\\', '/'));
}

function onDisk(path: string, source: string, named: Document['named']): Document {
  return { place: { file: path.normalize('NFC') }, source: source.normalize('NFC'), path, open: () => createReadStream(path, { highWaterMark: 2 ** 16 }), named, depth: 0 };
}

/** A name typed in composed Hangul also finds the file that a Mac named in decomposed Hangul. */
async function locate(path: string): Promise<{ path: string; isFolder: boolean }> {
  try {
    return { path, isFolder: (await stat(path)).isDirectory() };
  } catch (error) {
    const folder = dirname(path);
    const wanted = basename(path).normalize('NFC');
    const twin = await readdir(folder).then((names) => names.find((name) => name.normalize('NFC') === wanted), () => undefined);
    if (twin === undefined || twin === basename(path)) throw fromFileSystem(error, { file: path.normalize('NFC') });
    return { path: join(folder, twin), isFolder: (await stat(join(folder, twin))).isDirectory() };
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^[/\\]+/, ''))
      .filter((file) => !isHidden(file));
  } catch (error) {
    throw fromFileSystem(error, { file: folder.normalize('NFC') });
  }
}
