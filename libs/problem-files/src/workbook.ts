import { type Place } from '@math-labeler/curriculum';
import { type Archive, type Budget, joinMembers, type Member, openArchive } from './archive.js';
import { type Row } from './csv-rows.js';
import { fault } from './fault.js';
import { type ReadLimits } from './problem.js';
import { type Format, readFormats, readSheetList, readSharedStrings } from './workbook-parts.js';
import { rowsOf } from './workbook-rows.js';

/** A visible sheet of an Excel workbook, its rows read as they are asked for. */
export interface Sheet {
  readonly name: string;
  readonly rows: () => AsyncIterable<Row[]>;
}

/**
 * The visible sheets of an `.xlsx` workbook (ECMA-376) in their order, streamed: only the shared strings are held in memory.
 * Written over yauzl and saxes because no kept library streams: those that read the whole sheet need 240 MB for 100,000 rows.
 * Throws an `InputError` where the file is no workbook; so does reading the rows of a damaged one.
 */
export async function* sheetsOf(content: string | Buffer, place: Place, limits: ReadLimits, budget: Budget): AsyncGenerator<Sheet> {
  const archive = await openArchive(content, place, limits, budget).catch((error: unknown) => {
    throw noWorkbook(place, error);
  });
  try {
    const parts = await partsOf(archive);
    const text = (name: string) => textOf(parts, name, place);
    const { sheets, date1904 } = await readSheetList(text);
    if (sheets.length === 0) throw noWorkbook(place, undefined);
    const strings = parts.has('xl/sharedStrings.xml') ? await readSharedStrings(text('xl/sharedStrings.xml'), limits.documentLength) : [];
    if (strings === undefined) {
      throw fault('DOCUMENT_TOO_LONG', place, undefined, '통합 문서의 글이 너무 많습니다. CSV로 저장하세요', 'the workbook holds too much text; save it as CSV');
    }
    const formats: readonly Format[] = parts.has('xl/styles.xml') ? await readFormats(text('xl/styles.xml')) : [];
    for (const { name, path } of sheets) yield { name, rows: () => rowsOf(text(path), { strings, formats, date1904 }) };
  } finally {
    archive.close();
  }
}

/** Whether an archive is a workbook rather than a folder that somebody packed. */
export async function isWorkbook(content: string | Buffer, place: Place, limits: ReadLimits): Promise<boolean> {
  const archive = await openArchive(content, place, limits, { expandedBytes: 0 });
  try {
    for await (const { name } of archive.members()) if (name === 'xl/workbook.xml') return true;
    return false;
  } finally {
    archive.close();
  }
}

export function noWorkbook(place: Place, cause: unknown) {
  return fault('CORRUPT_WORKBOOK', place, undefined, '엑셀 파일(.xlsx)이 손상되었거나 다른 형식입니다', 'the Excel file (.xlsx) is damaged or of another form', cause);
}

async function partsOf(archive: Archive): Promise<ReadonlyMap<string, Member>> {
  const parts = new Map<string, Member>();
  for await (const member of archive.members()) parts.set(member.name, member);
  return parts;
}

async function* textOf(parts: ReadonlyMap<string, Member>, name: string, place: Place): AsyncGenerator<string> {
  const part = parts.get(name);
  if (part === undefined) throw noWorkbook(place, new Error(`${joinMembers(place, name)} is missing`));
  const stream = await part.open();
  stream.setEncoding('utf8');
  yield* stream as AsyncIterable<string>;
}
