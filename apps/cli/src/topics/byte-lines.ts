/** A line as it stood in the bytes, without its line feed; `bytes` is absent where it was longer than allowed and has been let go. */
export interface ByteLine {
  readonly number: number;
  readonly bytes?: Buffer;
}

const LINE_FEED = 0x0a;

/** Cuts streamed bytes into lines, a batch for each piece that came, so that whoever types line by line is heard line by line. */
export async function* byteLines(pieces: AsyncIterable<Buffer>, longest: number): AsyncGenerator<readonly ByteLine[]> {
  let number = 0;
  let rest: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer): void => {
    length += part.length;
    if (length <= longest) rest.push(part);
    else rest = [];
  };
  const end = (): ByteLine => {
    number++;
    const line = length > longest ? { number } : { number, bytes: Buffer.concat(rest) };
    [rest, length] = [[], 0];
    return line;
  };
  for await (const piece of pieces) {
    const batch: ByteLine[] = [];
    let start = 0;
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, start)) {
      take(piece.subarray(start, at));
      batch.push(end());
      start = at + 1;
    }
    take(piece.subarray(start));
    if (batch.length > 0) yield batch;
  }
  if (length > 0) yield [end()];
}
