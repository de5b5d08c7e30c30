import { readXml, unescapeCharacters } from './xml.js';

/** How a cell's number is to be read. */
export type Format = 'number' | 'date' | 'time' | 'date and time';

export interface SheetList {
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  /** Workbooks from old Macs count their days from 1904. */
  readonly date1904: boolean;
}

/** The visible worksheets of a workbook in the order of their tabs, and the parts that hold them. */
export async function readSheetList(part: (name: string) => AsyncIterable<string>): Promise<SheetList> {
  const paths = new Map<string, string>();
  await readXml(part('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id: id, Target: target, Type: type }) => {
      if (name !== 'Relationship' || !type.endsWith('/worksheet')) return;
      paths.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
    },
  });
  const sheets: { name: string; path: string }[] = [];
  let date1904 = false;
  await readXml(part('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const path = id === undefined ? undefined : paths.get(id);
      if (path !== undefined) sheets.push({ name: attributes.name.normalize('NFC'), path });
    },
  });
  return { sheets, date1904 };
}

/** The texts that cells refer to by number, without the readings of Japanese names; undefined beyond `limit` characters in all. */
export async function readSharedStrings(pieces: AsyncIterable<string>, limit: number): Promise<string[] | undefined> {
  const strings: string[] = [];
  let length = 0;
  let text = '';
  let inText = false;
  let inReading = false;
  try {
    await readXml(pieces, {
      open: (name) => {
        if (name === 'si') text = '';
        if (name === 'rPh') inReading = true;
        inText = name === 't' && !inReading;
      },
      text: (part) => {
        if (inText) text += part;
      },
      close: (name) => {
        if (name === 't') inText = false;
        if (name === 'rPh') inReading = false;
        if (name !== 'si') return;
        length += text.length;
        if (length > limit) throw new RangeError('shared strings');
        strings.push(unescapeCharacters(text));
      },
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return strings;
}

/** The format of each cell style, by its number (ECMA-376 part 1, 18.8.30: built-in formats 14 to 22, 27 to 36, 45 to 47, 50 to 58). */
export async function readFormats(pieces: AsyncIterable<string>): Promise<Format[]> {
  const written = new Map<number, string>();
  const formats: Format[] = [];
  let inCells = false;
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'numFmt') written.set(Number(attributes.numFmtId), attributes.formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        const code = written.get(id);
        formats.push(code === undefined ? builtIn(id) : formatOf(code));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

function builtIn(id: number): Format {
  if (id === 22) return 'date and time';
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) return 'time';
  return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number';
}

/** A format is one of dates or times when a letter of them is left once colours, conditions, quoted and escaped text are gone. */
function formatOf(code: string): Format {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return 'number';
  const date = /[yd]|(?<![hs:\]])m(?!.*s)/i.test(bare);
  const time = /[hs]/i.test(bare);
  if (date && time) return 'date and time';
  return date ? 'date' : time ? 'time' : 'number';
}
