/** One row of a table. Rows count from 1, blank ones too, as a spreadsheet shows them. */
export interface Row {
  readonly number: number;
  /** Cell values as the form has them: text in CSV; text, numbers and booleans in a workbook; undefined where empty. */
  readonly cells: readonly unknown[];
}

/** A row that could not be read. */
export interface BadRow {
  readonly number: number;
  readonly problem: 'too long' | 'quote never closed';
}

/**
 * Cuts separated values (RFC 4180, any line end, stray quotes taken as they are) into rows, a batch for each piece of text.
 * Written by hand because the kept parsers give up the rest of a file at an over-long row or at a quote that nobody closed:
 * here such a row alone is lost. Once a quote was closed nowhere, a quoted cell may no longer span lines.
 */
export async function* csvRows(text: AsyncIterable<string>, delimiter: string, limit: number): AsyncGenerator<(Row | BadRow)[]> {
  const parser = new RowParser(delimiter, limit);
  for await (const piece of text) yield parser.push(piece);
  yield parser.end();
}

class RowParser {
  private buffer = '';
  private number = 0;
  private skipping = false;
  private spanning = true;

  constructor(
    private readonly delimiter: string,
    private readonly limit: number,
  ) {}

  push(piece: string): (Row | BadRow)[] {
    this.buffer += piece;
    return this.drain('more may come');
  }

  end(): (Row | BadRow)[] {
    return this.drain('complete');
  }

  private drain(state: 'more may come' | 'complete'): (Row | BadRow)[] {
    const rows: (Row | BadRow)[] = [];
    const text = this.buffer;
    let at = 0;
    while (at < text.length) {
      const lineEnd = endOfLine(text, at, state);
      if (this.skipping) {
        if (lineEnd === undefined) break;
        this.skipping = false;
        at = lineEnd.next;
        continue;
      }
      const parsed = this.parse(text, at, lineEnd, state);
      if (parsed === 'more') {
        if (text.length - at <= this.limit) break;
        rows.push({ number: (this.number += 1), problem: 'too long' });
        // A line that goes on is let go up to its end; a quoted cell that goes on is given up, and its lines are read on their own.
        this.spanning = false;
        if (lineEnd === undefined) {
          this.skipping = true;
          at = text.length;
        } else at = lineEnd.next;
      } else {
        rows.push(parsed.row);
        at = parsed.next;
      }
    }
    this.buffer = this.skipping && at >= text.length ? '' : text.slice(at);
    return rows;
  }

  private parse(text: string, at: number, lineEnd: LineEnd | undefined, state: 'more may come' | 'complete'): { row: Row | BadRow; next: number } | 'more' {
    if (lineEnd !== undefined) {
      const line = text.slice(at, lineEnd.end);
      if (line.length > this.limit) return { row: { number: (this.number += 1), problem: 'too long' }, next: lineEnd.next };
      if (!line.includes('"')) return { row: { number: (this.number += 1), cells: line.split(this.delimiter) }, next: lineEnd.next };
    }
    const cells: string[] = [];
    let position = at;
    for (;;) {
      let cell = '';
      if (text[position] === '"') {
        const quoted = readQuoted(text, position);
        const spans = quoted !== undefined && lineEnd !== undefined && quoted.next > lineEnd.next;
        if (quoted === undefined || (spans && !this.spanning)) {
          if (state === 'more may come' && this.spanning) return 'more';
          if (lineEnd === undefined) return 'more';
          this.spanning = false;
          return { row: { number: (this.number += 1), problem: 'quote never closed' }, next: lineEnd.next };
        }
        if (quoted.next >= text.length && state === 'more may come') return 'more';
        // A cell over several lines that closes in the middle of a word has met the opening quote of a later one.
        if (spans && !/^(?:[\r\n]|$)/.test(text.slice(quoted.next, quoted.next + 1)) && text[quoted.next] !== this.delimiter) {
          return { row: { number: (this.number += 1), problem: 'quote never closed' }, next: lineEnd.next };
        }
        cell = quoted.value;
        position = quoted.next;
      }
      // What follows a closing quote, or a cell without quotes: as it stands, up to the delimiter or the end of the line.
      const stop = endOfCell(text, position, this.delimiter);
      if (stop === text.length && state === 'more may come') return 'more';
      cells.push(cell + text.slice(position, stop));
      if (stop === text.length) return { row: { number: (this.number += 1), cells }, next: stop };
      if (text[stop] === this.delimiter) {
        position = stop + 1;
        continue;
      }
      const end = endOfLine(text, stop, state);
      if (end === undefined) return 'more';
      return { row: { number: (this.number += 1), cells }, next: end.next };
    }
  }
}

interface LineEnd {
  readonly end: number;
  readonly next: number;
}

/** The next line end (`\n`, `\r\n`, or a lone `\r`); a `\r` at the very end may still become `\r\n`. */
function endOfLine(text: string, from: number, state: 'more may come' | 'complete'): LineEnd | undefined {
  const feed = text.indexOf('\n', from);
  const line = feed < 0 ? text.slice(from) : text.slice(from, feed);
  const back = line.indexOf('\r');
  if (back >= 0 && from + back + 1 !== feed && (from + back + 1 < text.length || state === 'complete')) return { end: from + back, next: from + back + 1 };
  if (feed >= 0) return { end: back >= 0 ? feed - 1 : feed, next: feed + 1 };
  return state === 'complete' ? { end: text.length, next: text.length } : undefined;
}

function endOfCell(text: string, from: number, delimiter: string): number {
  for (let index = from; index < text.length; index += 1) {
    const character = text[index];
    if (character === delimiter || character === '\n' || character === '\r') return index;
  }
  return text.length;
}

/** A quoted cell from its opening quote; undefined where it is not closed. A doubled quote is one quote. */
function readQuoted(text: string, opening: number): { value: string; next: number } | undefined {
  let value = '';
  for (let from = opening + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, next: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
