import { type Row } from './csv-rows.js';
import { type Format } from './workbook-parts.js';
import { unescapeCharacters, walkXml } from './xml.js';

/** What the cells of a sheet refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly formats: readonly Format[];
  readonly date1904: boolean;
}

/**
 * The rows of a worksheet, a batch for each piece of its XML. A cell is text, a number or a boolean; a date is text in ISO form;
 * a formula is the value that was last computed; an error (`#N/A`) and all but the first of merged cells are empty.
 */
export async function* rowsOf(pieces: AsyncIterable<string>, context: CellContext): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let number = 0;
  let cells: unknown[] = [];
  let column = 0;
  let cell: { readonly type: string; readonly style: number } | undefined;
  let text = '';
  let inValue = false;
  let inReading = false;
  const walked = walkXml(pieces, {
    open: (name, attributes) => {
      if (name === 'row') {
        number = attributes.r === undefined ? number + 1 : Number(attributes.r);
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
        text = '';
      } else if (name === 'rPh') inReading = true;
      inValue = cell !== undefined && (name === 'v' || (name === 't' && !inReading));
    },
    text: (part) => {
      if (inValue) text += part;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') inReading = false;
      else if (name === 'c' && cell !== undefined) {
        const value = valueOf(text, cell.type, context.formats[cell.style] ?? 'number', context);
        if (value !== undefined && column <= MAX_COLUMNS) cells[column - 1] = value;
        cell = undefined;
      } else if (name === 'row') rows.push({ number, cells: Array.from(cells) });
    },
  });
  for await (const piece of walked) {
    void piece;
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
}

/** Excel's own limit: the last column is XFD. */
const MAX_COLUMNS = 16_384;

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.toUpperCase()) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    column = column * 26 + value;
  }
  return column;
}

function valueOf(text: string, type: string, format: Format, { strings, date1904 }: CellContext): unknown {
  if (text === '' || type === 'e') return undefined;
  if (type === 's') return strings[Number(text)];
  if (type === 'str' || type === 'inlineStr') return unescapeCharacters(text);
  if (type === 'b') return text === '1';
  if (type === 'd') return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return format === 'number' ? value : readDate(value, format, date1904);
}

/** Days since 30 December 1899 (Excel's 1900 had a 29 February), or since 1 January 1904. */
function readDate(days: number, format: Exclude<Format, 'number'>, date1904: boolean): unknown {
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + Math.round(days * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) return days;
  const [day, time] = date.toISOString().slice(0, 19).split('T');
  if (format === 'time') return time;
  return format === 'date' ? day : `${day} ${time}`;
}
