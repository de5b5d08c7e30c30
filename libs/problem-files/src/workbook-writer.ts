import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { fromFileSystem } from './fault.js';
import { type Cell, type ResultWriter } from './result-writer.js';

/** Excel's own limits. */
const MAX_ROWS = 1_048_576;
const MAX_CELL = 32_767;

/**
 * An `.xlsx` workbook written row by row in flat memory; past Excel's 1,048,576 rows it goes on in another sheet.
 * It grows beside its place as `….part` and takes it when closed, since half a workbook cannot be opened.
 * A text is always a text here, so that no cell can be run as a formula.
 */
export class WorkbookWriter<T> implements ResultWriter<T> {
  private readonly zip = new ZipFile();
  private sheet: PassThrough | undefined;
  private sheets = 0;
  private rows = 0;
  private columns: readonly string[] = [];
  private failure: unknown;

  private constructor(
    private readonly path: string,
    private readonly file: WriteStream,
    private readonly toRow: (result: T) => Readonly<Record<string, Cell>>,
  ) {
    const fail = (error: unknown) => {
      this.failure ??= fromFileSystem(error, { file: path.normalize('NFC') });
      this.sheet?.destroy();
    };
    this.zip.on('error', fail);
    file.on('error', fail);
    this.zip.outputStream.pipe(file);
  }

  static async open<T>(path: string, toRow: (result: T) => Readonly<Record<string, Cell>>): Promise<WorkbookWriter<T>> {
    const file = createWriteStream(`${path}.part`);
    try {
      await once(file, 'open');
    } catch (error) {
      throw fromFileSystem(error, { file: path.normalize('NFC') });
    }
    return new WorkbookWriter(path, file, toRow);
  }

  async write(result: T): Promise<void> {
    const row = this.toRow(result);
    if (this.sheets === 0) this.columns = Object.keys(row);
    const head = this.sheet === undefined || this.rows === MAX_ROWS ? this.beginSheet() : '';
    await this.put(head + rowXml(this.columns.map((column) => row[column]), (this.rows += 1)));
  }

  async close(): Promise<void> {
    if (this.sheet === undefined) await this.put(this.beginSheet());
    this.endSheet();
    for (const [name, xml] of packageParts(this.sheets)) this.zip.addBuffer(Buffer.from(xml), name);
    this.zip.end();
    await finished(this.file).catch((error: unknown) => {
      this.failure ??= error;
    });
    if (this.failure !== undefined) {
      await rm(`${this.path}.part`, { force: true });
      throw this.failure;
    }
    await rename(`${this.path}.part`, this.path);
  }

  private beginSheet(): string {
    this.endSheet();
    this.sheet = new PassThrough({ highWaterMark: 2 ** 16 });
    this.sheets += 1;
    this.rows = 0;
    this.zip.addReadStream(this.sheet, `xl/worksheets/sheet${this.sheets}.xml`, { mtime: EPOCH });
    return SHEET_HEAD + (this.columns.length > 0 ? rowXml(this.columns, (this.rows += 1)) : '');
  }

  private endSheet(): void {
    this.sheet?.end('</sheetData></worksheet>');
  }

  private async put(xml: string): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (this.sheet === undefined || this.sheet.write(xml)) return;
    await once(this.sheet, 'drain').catch((error: unknown) => {
      throw this.failure ?? error;
    });
  }
}

/** The same results make the same bytes. */
const EPOCH = new Date(2024, 0, 1);

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The header stays in sight while a person scrolls. */
const SHEET_HEAD = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;

function packageParts(sheets: number): [name: string, xml: string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  return [
    ['[Content_Types].xml', `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>${numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${CONTENT}.worksheet+xml"/>`).join('')}</Types>`],
    ['_rels/.rels', `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbers.map((n) => `<sheet name="${n === 1 ? '결과' : `결과 ${n}`}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}</Relationships>`],
  ];
}

function rowXml(cells: readonly Cell[], number: number): string {
  return `<row r="${number}">${cells.map((cell, index) => cellXml(cell, `${columnName(index)}${number}`)).join('')}</row>`;
}

function cellXml(cell: Cell, reference: string): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeText(String(cell))}</t></is></c>`;
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML cannot hold control characters, which Excel writes as `_x0001_`, nor half surrogate pairs, which become U+FFFD. */
function escapeText(text: string): string {
  const fitting = text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
  return (
    fitting
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replace(/[&<>]/g, (character) => ENTITIES[character])
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\uFFFD')
  );
}
