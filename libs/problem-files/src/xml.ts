import { SaxesParser } from 'saxes';

/** What to do at each point of an XML document; names come without their prefix. */
export interface XmlReader {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Walks an XML document as it streams in and says when each piece of it has been walked; throws where it is not well formed. */
export async function* walkXml(pieces: AsyncIterable<string>, reader: XmlReader): AsyncGenerator<void> {
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => reader.open?.(local(name), attributes as Record<string, string>));
  parser.on('closetag', ({ name }) => reader.close?.(local(name)));
  parser.on('text', (text) => reader.text?.(text));
  for await (const piece of pieces) {
    parser.write(piece);
    yield;
  }
  parser.close();
  yield;
}

/** Walks a whole document. */
export async function readXml(pieces: AsyncIterable<string>, reader: XmlReader): Promise<void> {
  for await (const walked of walkXml(pieces, reader)) void walked;
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
export function unescapeCharacters(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text;
}
