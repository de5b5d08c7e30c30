import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { csvRow, UTF8_MARK } from './csv-format.js';
import { fault, fromFileSystem } from './fault.js';

export type Cell = string | number | boolean | null | undefined;

/** Writes results one by one; what has been written is whole lines or rows at every moment. */
export interface ResultWriter<T> {
  /** Resolves when the next one may be written. Rejects with an `InputError` where the disk refuses, and as the stream does where a pipe is closed (`EPIPE`). */
  write(result: T): Promise<void>;
  /** Must be called once, after an interruption too: before it, `.json` and `.xlsx` files are not complete. */
  close(): Promise<void>;
}

export interface WriteOptions<T> {
  /** The columns of tables, in order: their headers with the cells of a result. */
  readonly toRow: (result: T) => Readonly<Record<string, Cell>>;
  /** Continue an NDJSON file rather than begin anew. */
  readonly append?: boolean;
}

/** Opens a path, by whose ending the form is chosen (`.ndjson`, `.jsonl`, `.json`, `.csv`, `.tsv`, `.xlsx`), or a stream, which gets NDJSON. */
export async function openWriter<T>(target: string | Writable, options: WriteOptions<T>): Promise<ResultWriter<T>> {
  if (typeof target !== 'string') return new LineWriter(new Output(target, 'kept open'), { line: (result) => `${jsonOf(result)}\n` });
  const place = { file: target.normalize('NFC') };
  const ending = /\.([a-z0-9]+)$/i.exec(target)?.[1].toLowerCase() ?? '';
  const lines = ending === 'ndjson' || ending === 'jsonl';
  if (options.append === true && !lines) {
    throw fault('CANNOT_APPEND', place, undefined, '이어 쓰기는 .jsonl, .ndjson만 됩니다', 'only .jsonl and .ndjson files can be continued');
  }
  if (!lines && !['json', 'csv', 'tsv', 'xlsx'].includes(ending)) {
    throw fault('UNSUPPORTED_FORM', place, undefined, `쓸 수 없는 형식입니다 (.${ending}). .jsonl, .json, .csv, .tsv, .xlsx로 씁니다`, `.${ending} files are not written; .jsonl, .json, .csv, .tsv and .xlsx are`);
  }
  if (ending === 'xlsx') {
    const { WorkbookWriter } = await import('./workbook-writer.js');
    return WorkbookWriter.open(target, options.toRow);
  }
  const output = await Output.toFile(target, options.append === true ? 'a' : 'w');
  if (lines) return new LineWriter(output, { line: (result) => `${jsonOf(result)}\n` });
  if (ending === 'json') return new LineWriter(output, { head: '[', line: (result, index) => `${index === 0 ? '' : ','}\n${jsonOf(result)}`, tail: '\n]\n' });
  return new TableWriter(output, options.toRow, ending === 'tsv' ? '\t' : ',');
}

class LineWriter<T> implements ResultWriter<T> {
  private count = 0;

  constructor(
    private readonly output: Output,
    private readonly form: { readonly head?: string; readonly line: (result: T, index: number) => string; readonly tail?: string },
  ) {}

  async write(result: T): Promise<void> {
    const line = this.form.line(result, this.count);
    const head = this.count === 0 ? (this.form.head ?? '') : '';
    this.count += 1;
    await this.output.write(head + line);
  }

  async close(): Promise<void> {
    const head = this.count === 0 ? (this.form.head ?? '') : '';
    await this.output.end(head + (this.form.tail ?? ''));
  }
}

/** Separated values as Korean Excel opens them: with a byte order mark and Windows line ends. An empty result is an empty file, since only results tell the columns. */
class TableWriter<T> implements ResultWriter<T> {
  private columns: readonly string[] | undefined;

  constructor(
    private readonly output: Output,
    private readonly toRow: WriteOptions<T>['toRow'],
    private readonly delimiter: string,
  ) {}

  async write(result: T): Promise<void> {
    const row = this.toRow(result);
    let head = '';
    if (this.columns === undefined) {
      this.columns = Object.keys(row);
      head = UTF8_MARK + csvRow(this.columns, this.delimiter);
    }
    await this.output.write(head + csvRow(this.columns.map((column) => row[column]), this.delimiter));
  }

  async close(): Promise<void> {
    await this.output.end('');
  }
}

/** A stream that says when it is full, and whose errors reach whoever writes. */
class Output {
  private failure: unknown;

  constructor(
    private readonly stream: Writable,
    private readonly afterwards: 'closed' | 'kept open',
    file = '-',
  ) {
    stream.once('error', (error) => (this.failure = fromFileSystem(error, { file })));
  }

  static async toFile(path: string, flags: 'a' | 'w'): Promise<Output> {
    const stream = createWriteStream(path, { flags });
    const file = path.normalize('NFC');
    try {
      await once(stream, 'open');
    } catch (error) {
      throw fromFileSystem(error, { file });
    }
    return new Output(stream, 'closed', file);
  }

  async write(text: string): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (this.stream.write(text)) return;
    await once(this.stream, 'drain').catch((error: unknown) => {
      throw this.failure ?? error;
    });
  }

  async end(text: string): Promise<void> {
    if (text !== '') await this.write(text);
    if (this.failure !== undefined) throw this.failure;
    if (this.afterwards === 'kept open') return;
    this.stream.end();
    await finished(this.stream).catch((error: unknown) => {
      throw this.failure ?? error;
    });
  }
}

/** JSON whose characters are all shown: on a terminal, C1 controls, zero-width and turning ones would hide or change what stands beside them. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
