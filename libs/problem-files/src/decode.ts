import { TextDecoder } from 'node:util';
import { type Bilingual } from '@math-labeler/curriculum';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp949';

/** Text as it streams in, and what it had to be converted from; known before the first text is handed out. */
export interface Decoded {
  readonly text: AsyncIterable<string>;
  /** Every encoding found so far but UTF-8, which needs no mention. */
  readonly converted: () => Encoding | undefined;
}

/** How an encoding is called to a person. */
export const ENCODING_NAMES: Readonly<Record<Encoding, Bilingual>> = {
  'utf-8': { ko: 'UTF-8', en: 'UTF-8' },
  'utf-16le': { ko: 'UTF-16', en: 'UTF-16' },
  'utf-16be': { ko: 'UTF-16', en: 'UTF-16' },
  'cp949': { ko: 'CP949', en: 'CP949' },
};

/** How much is looked at, from the first byte that is no ASCII, before an encoding is settled. */
const EVIDENCE = 2 ** 16;

/**
 * Decodes a stream whose encoding nobody told: by its byte order mark, else UTF-16 by its zero bytes, else UTF-8 when the
 * first 64 KiB from the first byte beyond ASCII are valid UTF-8, else CP949 when that leaves fewer broken characters.
 * What fits neither becomes U+FFFD. The mark itself is not part of the text.
 */
export function decode(bytes: AsyncIterable<Uint8Array>): Decoded {
  let encoding: Encoding | undefined;
  async function* text(): AsyncGenerator<string> {
    let decoder: Decoder | undefined;
    let held: Uint8Array[] = [];
    let marked = false;
    const settle = async (): Promise<string> => {
      const evidence = Buffer.concat(held);
      held = [];
      encoding ??= await guess(evidence);
      decoder = await decoderOf(encoding);
      return decoder.write(evidence);
    };
    for await (const chunk of joinShortStart(bytes)) {
      if (decoder !== undefined) {
        yield decoder.write(chunk);
        continue;
      }
      if (!marked) {
        marked = true;
        encoding = byMark(chunk) ?? byZeros(chunk);
      }
      if (held.length === 0 && encoding === undefined && isAscii(chunk)) {
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
        continue;
      }
      held.push(chunk);
      if (encoding !== undefined || held.reduce((length, { byteLength }) => length + byteLength, 0) >= EVIDENCE) yield await settle();
    }
    if (held.length > 0) yield await settle();
    const rest = decoder?.end() ?? '';
    if (rest !== '') yield rest;
  }
  return { text: text(), converted: () => (encoding === 'utf-8' ? undefined : encoding) };
}

/** CP949 or UTF-8, whichever reads the bytes with fewer broken characters; UTF-8 when both do. They may end within a character. */
export async function guess(bytes: Uint8Array): Promise<'utf-8' | 'cp949'> {
  const broken = async (encoding: Encoding) => (await decoderOf(encoding)).write(bytes).split('\uFFFD').length;
  const inUtf8 = await broken('utf-8');
  return inUtf8 > 1 && (await broken('cp949')) < inUtf8 ? 'cp949' : 'utf-8';
}

/** Decodes bytes that are all there. */
export async function decodeWhole(bytes: Uint8Array, encoding: Encoding): Promise<string> {
  const decoder = await decoderOf(encoding);
  return decoder.write(bytes) + decoder.end();
}

/** Takes bytes in pieces that may end within a character. */
interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** Node's own decoder for `euc-kr` lacks the 8,822 syllables that CP949 adds (똠, 뷁) and makes control characters of them without a word. */
async function decoderOf(encoding: Encoding): Promise<Decoder> {
  if (encoding === 'cp949') {
    const { default: iconv } = await import('iconv-lite');
    const decoder = iconv.getDecoder('cp949');
    return { write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)), end: () => decoder.end() ?? '' };
  }
  const decoder = new TextDecoder(encoding);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

function byMark([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** In UTF-16 every ASCII character (and a file of problems has many: quotes, commas, line ends) has a zero for one of its bytes. */
function byZeros(chunk: Uint8Array): Encoding | undefined {
  const sample = chunk.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte === 0 && index % 2 === 0) even += 1;
    if (byte === 0 && index % 2 === 1) odd += 1;
  });
  if (odd > Math.max(3, sample.length / 20) && even === 0) return 'utf-16le';
  if (even > Math.max(3, sample.length / 20) && odd === 0) return 'utf-16be';
  return undefined;
}

function isAscii(chunk: Uint8Array): boolean {
  for (let index = 0; index < chunk.length; index += 1) if (chunk[index] >= 0x80) return false;
  return true;
}

/** A pipe may hand out its first bytes one by one; a byte order mark must not be cut. */
async function* joinShortStart(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of bytes) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    if (start.length < 8) continue;
    yield start;
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
}
