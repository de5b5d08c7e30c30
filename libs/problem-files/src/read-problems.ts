import { stat } from 'node:fs/promises';
import { InputError } from '@math-labeler/curriculum';
import { type Budget } from './archive.js';
import { decode, ENCODING_NAMES } from './decode.js';
import { type Document, documentsAt, isHidden, isReadable } from './documents.js';
import { fault, fromFileSystem, notice, refused } from './fault.js';
import { type GoldReading, Intake } from './intake.js';
import { peek } from './peek.js';
import { DEFAULT_LIMITS, type ReadLimits, type ReadOutcome } from './problem.js';
import { readJson } from './read-json.js';
import { readCsv, readTable, sheetPlace } from './read-table.js';

/** Where problems come from: a path of a file, folder or archive, `-` for standard input, or a stream whose name tells its form by its ending. */
export type Source = string | { readonly name: string; readonly stream: AsyncIterable<Uint8Array> };

export interface ReadOptions {
  /** `ignored` unless said otherwise. */
  readonly gold?: GoldReading;
  /** The codes that gold may name; any well-formed code without it. */
  readonly knownCodes?: ReadonlySet<string>;
  readonly limits?: Partial<ReadLimits>;
  /** Told how many bytes of the sources have been read, out of `sizeOf` them. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Reads the problems of all sources in order, streaming, in whatever of the known forms and encodings they are.
 * What cannot be used is an outcome of its own with its place, and reading goes on behind it; only a bug throws.
 */
export async function* readProblems(sources: Source | readonly Source[], options: ReadOptions = {}): AsyncGenerator<ReadOutcome> {
  const reader = new Reader(options);
  for (const source of Array.isArray(sources) ? (sources as readonly Source[]) : [sources as Source]) {
    for await (const outcomes of reader.source(source)) yield* outcomes;
  }
}

/** The endings of forms that people try and that only another program can turn into one we read. */
const FOREIGN: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  xls: ['예전 엑셀 형식입니다. .xlsx로 저장하세요', 'is an old Excel file; save it as .xlsx'],
  hwp: ['한글 문서입니다. 문제를 .xlsx나 .csv로 옮기세요', 'is a Hangul document; put its problems into .xlsx or .csv'],
  hwpx: ['한글 문서입니다. 문제를 .xlsx나 .csv로 옮기세요', 'is a Hangul document; put its problems into .xlsx or .csv'],
};

/** Endings that tell nothing: what the file holds decides. */
const SNIFFED = ['', 'txt'];

class Reader {
  private readonly limits: ReadLimits;
  private readonly intake: Intake;
  private readonly budget: Budget = { expandedBytes: 0 };
  private bytes = 0;

  constructor(private readonly options: ReadOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.intake = new Intake({ gold: options.gold ?? 'ignored', knownCodes: options.knownCodes, limits: this.limits });
  }

  async *source(source: Source): AsyncGenerator<ReadOutcome[]> {
    if (typeof source !== 'string' || source === '-') {
      const { name, stream } = typeof source === 'string' ? { name: '-', stream: process.stdin as AsyncIterable<Uint8Array> } : source;
      yield* this.document({ place: { file: name.normalize('NFC') }, source: name.normalize('NFC'), open: () => stream, named: 'by a person', depth: 0 });
      return;
    }
    const place = { file: source.normalize('NFC') };
    const located = await documentsAt(source).catch((error: unknown) => asInputError(error));
    if (located instanceof InputError) {
      yield [refused(located)];
      return;
    }
    if (located.passedOver.length > 0) yield [passedOver(place, located.passedOver)];
    if (located.documents.length === 0) yield [refused(fault('NO_PROBLEM_FILES', place, undefined, '폴더에 문제 파일이 없습니다', 'the folder holds no problem files'))];
    for (const document of located.documents) yield* this.document(document);
  }

  /** Reads one document to its end or to what breaks it; an empty one is a fault. */
  private async *document(document: Document): AsyncGenerator<ReadOutcome[]> {
    let count = 0;
    try {
      for await (const outcomes of this.contents(document)) {
        if (isAnswerFile(document, outcomes)) return;
        count += outcomes.filter(({ kind }) => kind !== 'notice').length;
        if (outcomes.length > 0) yield outcomes;
      }
    } catch (error) {
      yield [refused(asInputError(fromFileSystem(error, document.place)))];
      return;
    }
    if (count === 0) yield [refused(fault('EMPTY_FILE', document.place, undefined, '파일에 문제가 없습니다', 'holds no problems'))];
  }

  private async *contents(document: Document): AsyncGenerator<ReadOutcome[]> {
    const ending = /\.([a-z0-9]+)$/i.exec(document.place.member ?? document.place.file)?.[1].toLowerCase() ?? '';
    if (ending in FOREIGN) throw fault('UNSUPPORTED_FORM', document.place, undefined, ...FOREIGN[ending]);
    if (!isReadable(`x.${ending}`) && !SNIFFED.includes(ending)) {
      throw fault('UNSUPPORTED_FORM', document.place, undefined, `읽을 수 없는 형식입니다 (.${ending}). .jsonl, .json, .csv, .tsv, .xlsx, .zip을 읽습니다`, `.${ending} files are not read; .jsonl, .json, .csv, .tsv, .xlsx and .zip are`);
    }
    const { head, all } = await peek(await document.open(), (pieces) => pieces.reduce((length, piece) => length + piece.length, 0) >= 4);
    const magic = Buffer.concat(head.map((piece) => piece.subarray(0, 8))).subarray(0, 4).toString('latin1');
    if (magic.startsWith('PK') || (head.length > 0 && (ending === 'zip' || ending === 'xlsx'))) {
      yield* this.packed(document, all, ending, magic);
    } else if (head.length > 0) {
      yield* this.text(document, this.counted(all, document), ending);
    }
  }

  /** A zip archive, of problem files or of the parts of a workbook; from a stream it is held in memory, since its list of members stands at its end. */
  private async *packed(document: Document, bytes: AsyncIterable<Uint8Array>, ending: string, magic: string): AsyncGenerator<ReadOutcome[]> {
    const { place, path } = document;
    if (ending === 'xlsx' && magic === '\u00d0\u00cf\u0011\u00e0') {
      throw fault('ENCRYPTED', place, undefined, '암호가 걸렸거나 예전 형식인 엑셀 파일입니다. 암호 없이 .xlsx로 저장하세요', 'is an encrypted or old Excel file; save it as .xlsx without a password');
    }
    let content: string | Buffer;
    if (path === undefined) content = await this.hold(this.counted(bytes, document), document);
    else {
      content = path;
      await bytes[Symbol.asyncIterator]().return?.();
    }
    const { isWorkbook } = await import('./workbook.js');
    if (ending === 'xlsx' || (await isWorkbook(content, place, this.limits))) yield* this.workbook(document, content);
    else yield* this.archive(document, content);
  }

  private async *archive(document: Document, content: string | Buffer): AsyncGenerator<ReadOutcome[]> {
    const { place, source, depth } = document;
    if (depth >= this.limits.nesting) throw fault('NESTED_TOO_DEEP', place, undefined, '압축 파일이 너무 여러 겹입니다', 'archives are packed in archives too deep');
    const { corrupt, joinMembers, openArchive } = await import('./archive.js');
    const archive = await openArchive(content, place, this.limits, this.budget);
    const others: string[] = [];
    let count = 0;
    try {
      for await (const { name, packedBytes, open } of archive.members()) {
        if (isHidden(name)) continue;
        if (!isReadable(name)) {
          others.push(name);
          continue;
        }
        count += 1;
        const inside = { ...place, member: joinMembers(place, name) };
        const translated = async () => translateErrors(await open(), (error) => corrupt(inside, error));
        yield* this.document({ place: inside, source, open: translated, named: 'found', depth: depth + 1 });
        if (document.path !== undefined) this.progress(packedBytes);
      }
    } finally {
      archive.close();
    }
    if (others.length > 0) yield [passedOver(place, others)];
    if (count === 0) throw fault('NO_PROBLEM_FILES', place, undefined, '압축 파일에 문제 파일이 없습니다', 'the archive holds no problem files');
  }

  /** All visible sheets that have a column for the text; the others are passed over with a word, unless there is no other. */
  private async *workbook(document: Document, content: string | Buffer): AsyncGenerator<ReadOutcome[]> {
    const { place, source } = document;
    const { noWorkbook, sheetsOf } = await import('./workbook.js');
    try {
      const silent: ReadOutcome[] = [];
      let sheets = 0;
      for await (const { name, rows } of sheetsOf(content, place, this.limits, this.budget)) {
        const at = sheetPlace(place, name);
        let hasText = true;
        this.intake.begin({ place: at, source });
        for await (const outcomes of readTable(rows(), at, this.intake, this.limits, 'may be passed over')) {
          const missing = outcomes.find((outcome) => outcome.kind === 'notice' && outcome.code === 'PROBLEM_FILES.NO_TEXT_COLUMN');
          if (missing === undefined) yield outcomes;
          else {
            hasText = false;
            silent.push(missing);
          }
        }
        if (hasText) sheets += 1;
      }
      if (sheets > 0) yield silent;
      else yield silent.flatMap((outcome) => (outcome.kind === 'notice' ? [refused(new InputError(outcome.code, outcome.place, 'text', outcome.message))] : []));
    } catch (error) {
      throw error instanceof InputError ? error : noWorkbook(place, error);
    }
    if (document.path !== undefined) this.progress((await stat(document.path)).size);
  }

  private async *text(document: Document, bytes: AsyncIterable<Uint8Array>, ending: string): AsyncGenerator<ReadOutcome[]> {
    const { place, source } = document;
    this.intake.begin({ place, source });
    const { text, converted } = decode(bytes);
    const { head, all } = await peek(text, (pieces) => (pieces[pieces.length - 1] ?? '').trim() !== '' || pieces.length >= 1000);
    const start = head.join('').trimStart();
    const isJson = ['json', 'jsonl', 'ndjson'].includes(ending) || (SNIFFED.includes(ending) && /^[[{]/.test(start));
    const linesExpected = ending === 'jsonl' || ending === 'ndjson';
    let said = false;
    if (start === '') return;
    for await (const outcomes of isJson ? readJson(all, place, this.intake, this.limits, linesExpected) : readCsv(all, place, this.intake, this.limits)) {
      const encoding = said ? undefined : converted();
      if (encoding !== undefined) {
        said = true;
        const { ko, en } = ENCODING_NAMES[encoding];
        yield [notice('CONVERTED', place, `${ko} 인코딩을 UTF-8로 바꾸어 읽었습니다`, `was converted from ${en} to UTF-8`)];
      }
      yield outcomes;
    }
  }

  private async hold(bytes: AsyncIterable<Uint8Array>, { place }: Document): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of bytes) {
      pieces.push(piece);
      length += piece.length;
      if (length > this.limits.documentLength) {
        throw fault('DOCUMENT_TOO_LONG', place, undefined, `스트림으로 받은 압축 파일이 ${this.limits.documentLength}바이트를 넘습니다. 파일로 저장해 읽으세요`, `an archive from a stream may hold ${this.limits.documentLength} bytes; save it as a file`);
      }
    }
    return Buffer.concat(pieces);
  }

  private async *counted(bytes: AsyncIterable<Uint8Array>, { depth }: Document): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      if (depth === 0) this.progress(piece.length);
      yield piece;
    }
  }

  private progress(bytes: number): void {
    this.bytes += bytes;
    this.options.onProgress?.(this.bytes);
  }
}

async function* translateErrors(bytes: AsyncIterable<Uint8Array>, translate: (error: unknown) => InputError): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw translate(error);
  }
}

/** Item collections keep answers in a sibling file of the same name with `_A`: it holds no problem, and that is no fault. */
function isAnswerFile({ named, place }: Document, outcomes: readonly ReadOutcome[]): boolean {
  if (named !== 'found' || outcomes.length === 0 || !/_A\.json$/i.test(place.member ?? place.file)) return false;
  return outcomes.every((outcome) => outcome.kind === 'fault' && outcome.error.code === 'PROBLEM_FILES.NO_TEXT');
}

function passedOver(place: Document['place'], names: readonly string[]): ReadOutcome {
  const endings = [...new Set(names.map((name) => /\.[^./]{1,8}$/.exec(name)?.[0].toLowerCase() ?? '…'))].slice(0, 5).join(', ');
  return notice('PASSED_OVER', place, `문제 파일이 아닌 ${names.length}개를 건너뛰었습니다 (${endings})`, `${names.length} files of other kinds were passed over (${endings})`);
}

function asInputError(error: unknown): InputError {
  if (error instanceof InputError) return error;
  throw error;
}
