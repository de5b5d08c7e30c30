import { type Readable } from 'node:stream';
import { InputError, type Place } from '@math-labeler/curriculum';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { decodeWhole, guess } from './decode.js';
import { fault } from './fault.js';
import { type ReadLimits } from './problem.js';

/** Below this size a member may be as compressible as it likes. */
const SMALL = 2 ** 24;

/** A file inside a zip archive. */
export interface Member {
  /** With `/`, in composed Unicode form. */
  readonly name: string;
  readonly packedBytes: number;
  /** Throws an `InputError` for a member that cannot or must not be unpacked; the stream fails with its cause where it is damaged. */
  readonly open: () => Promise<Readable>;
}

/** An open zip archive; whoever opened it closes it. */
export interface Archive {
  readonly members: () => AsyncIterable<Member>;
  readonly close: () => void;
}

/** Counts what all archives of one run have expanded to, packed in one another or not. */
export interface Budget {
  expandedBytes: number;
}

/** Opens a zip archive by its path or from its bytes; throws an `InputError` where it is none. */
export async function openArchive(content: string | Buffer, place: Place, limits: ReadLimits, budget: Budget): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
  let zip: ZipFile;
  try {
    zip = await (typeof content === 'string' ? openPromise(content, options) : fromBufferPromise(content, options));
  } catch (error) {
    throw corrupt(place, error);
  }
  async function* members(): AsyncGenerator<Member> {
    try {
      for await (const entry of zip.eachEntry()) {
        const name = await nameOf(entry);
        if (!name.endsWith('/')) yield { name, packedBytes: entry.compressedSize, open: () => openMember(zip, entry, { ...place, member: joinMembers(place, name) }, limits, budget) };
      }
    } catch (error) {
      throw error instanceof InputError ? error : corrupt(place, error);
    }
  }
  return { members, close: () => zip.close() };
}

/** The path of a member of an archive that may itself be one. */
export function joinMembers(place: Place, name: string): string {
  return place.member === undefined ? name : `${place.member} › ${name}`;
}

/** What a stream of a member fails with where its data is damaged. */
export function corrupt(place: Place, cause: unknown): InputError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return fault('CORRUPT_ARCHIVE', place, undefined, `압축 파일이 손상되었거나 zip이 아닙니다 (${detail})`, `the archive is damaged or no zip (${detail})`, cause);
}

async function openMember(zip: ZipFile, entry: Entry, place: Place, limits: ReadLimits, budget: Budget): Promise<Readable> {
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (entry.isEncrypted()) throw fault('ENCRYPTED', place, undefined, '암호가 걸려 있습니다. 암호를 풀어 다시 압축하세요', 'is encrypted; pack it again without a password');
  if (size > SMALL && size > packed * limits.expansion) {
    throw fault('EXPANDS_TOO_FAR', place, undefined, `압축을 풀면 ${Math.round(size / Math.max(packed, 1))}배로 커져 읽지 않았습니다`, `expands to ${Math.round(size / Math.max(packed, 1))} times its size and was not read`);
  }
  budget.expandedBytes += size;
  if (budget.expandedBytes > limits.expandedBytes) {
    throw fault('EXPANDS_TOO_FAR', place, undefined, `압축을 푼 크기의 합이 ${limits.expandedBytes}바이트를 넘습니다`, `what was unpacked exceeds ${limits.expandedBytes} bytes in all`);
  }
  try {
    return await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw corrupt(place, error);
  }
}

const UTF8_NAME = 0x800;
const UNICODE_PATH = 0x7075;

/** UTF-8 where the archive says so; else what the bytes look like: Korean Windows writes CP949 and says nothing. */
async function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): Promise<string> {
  const unicode = extraFields.find(({ id, data }) => id === UNICODE_PATH && data.length > 5);
  const bytes = unicode === undefined ? fileNameRaw : unicode.data.subarray(5);
  const encoding = unicode !== undefined || (generalPurposeBitFlag & UTF8_NAME) !== 0 ? 'utf-8' : await guess(bytes);
  return (await decodeWhole(bytes, encoding)).replaceAll('\\', '/').normalize('NFC');
}
