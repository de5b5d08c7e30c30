import { Readable } from 'node:stream';
import { csvRows } from './csv-rows.js';

async function rowsOf(pieces: readonly string[], limit = 100): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const batch of csvRows(Readable.from(pieces), ',', limit)) rows.push(...batch.map((row) => ('cells' in row ? row.cells : `${row.number} ${row.problem}`)));
  return rows;
}

// The first seven are the definitions of RFC 4180, section 2.
test.each([
  ['lines that end in CRLF', 'a,b\r\nc,d\r\n', [['a', 'b'], ['c', 'd']]],
  ['a last line without an end', 'a,b\r\nc,d', [['a', 'b'], ['c', 'd']]],
  ['spaces are part of a cell', ' a ,b\n', [[' a ', 'b']]],
  ['quoted cells', '"a","b"\n', [['a', 'b']]],
  ['a line end and a comma in quotes', '"a\r\nb","c,d"\n', [['a\r\nb', 'c,d']]],
  ['doubled quotes', '"a""b"\n', [['a"b']]],
  ['empty cells', ',""\n', [['', '']]],
  ['lines that end in CR', 'a,b\rc,d\r', [['a', 'b'], ['c', 'd']]],
  ['stray quotes as they are', 'a 5" b,"c" d\n', [['a 5" b', 'c d']]],
  ['blank lines count as rows', 'a\n\nb\n', [['a'], [''], ['b']]],
  ['a quote closed nowhere', 'a\n"b\nc\n', [['a'], '2 quote never closed', ['c']]],
  ['a quote that meets the next quoted cell', '"a\n"b","c"\n', ['1 quote never closed', ['b', 'c']]],
  ['a row over the limit', `a\n${'x'.repeat(200)}\nb\n`, [['a'], '2 too long', ['b']]],
  ['a quoted row over the limit', `a\n"${'x'.repeat(200)}"\nb\n`, [['a'], '2 too long', ['b']]],
])('%s', async (_, text, expected) => {
  expect(await rowsOf([text])).toEqual(expected);
  expect(await rowsOf([...text])).toEqual(expected);
});
