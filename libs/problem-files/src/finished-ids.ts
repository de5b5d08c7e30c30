import { open } from 'node:fs/promises';
import { fault, fromFileSystem, systemCode } from './fault.js';
import { linesOf } from './lines.js';
import { DEFAULT_LIMITS } from './problem.js';
import { SeenIds } from './seen-ids.js';

/** The ids of results that an interrupted run has already written. */
export interface FinishedIds {
  readonly size: number;
  has(id: string): boolean;
}

/**
 * Reads which results an NDJSON file already holds, and cuts a last line off that an interruption left incomplete, so that
 * the file can be continued. A file that does not exist yet holds none; one with a broken line in its middle is refused.
 */
export async function readFinished(path: string): Promise<FinishedIds> {
  const ids = new SeenIds();
  const place = { file: path.normalize('NFC') };
  try {
    const file = await open(path, 'r+');
    try {
      let complete = 0;
      let text: string | undefined;
      for await (const batch of linesOf(file.createReadStream({ encoding: 'utf8', autoClose: false }) as AsyncIterable<string>, DEFAULT_LIMITS.lineLength)) {
        for (const line of batch) {
          if (!line.ended) break;
          text = line.text;
          if (text === undefined) throw notResults(place.file, line.number);
          complete += Buffer.byteLength(text) + 1;
          if (text.trim() !== '') ids.add(idOf(text, place.file, line.number), { document: 0, at: line.number });
        }
      }
      await file.truncate(complete);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ids;
    throw fromFileSystem(error, place);
  }
  return ids;
}

function idOf(text: string, file: string, line: number): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id;
  } catch {
    // Falls through to the refusal: whatever it is, it is no file of results.
  }
  throw notResults(file, line);
}

function notResults(file: string, line: number) {
  return fault('NOT_RESULTS', { file, line }, 'id', '결과 파일이 아니어서 이어 쓸 수 없습니다', 'is not a line of results, so the file cannot be continued');
}
