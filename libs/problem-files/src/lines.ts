/** A line without its end; `text` is absent where the line was longer than allowed and has been let go. */
export interface Line {
  readonly number: number;
  readonly text?: string;
  /** False for a last line that no line feed ends: it may have been cut off. */
  readonly ended: boolean;
}

/** Cuts streamed text into lines, a batch for each piece of text; a line beyond `limit` characters is never held in full. */
export async function* linesOf(text: AsyncIterable<string>, limit: number): AsyncGenerator<Line[]> {
  let number = 0;
  let rest = '';
  let skipping = false;
  for await (const piece of text) {
    const parts = (rest + piece).split('\n');
    rest = parts[parts.length - 1];
    parts.length -= 1;
    const batch = parts.map((part): Line => {
      number += 1;
      const tooLong = skipping || part.length > limit;
      skipping = false;
      return tooLong ? { number, ended: true } : { number, text: part, ended: true };
    });
    if (rest.length > limit) {
      skipping = true;
      rest = '';
    }
    if (batch.length > 0) yield batch;
  }
  if (skipping) yield [{ number: number + 1, ended: false }];
  else if (rest !== '') yield [{ number: number + 1, text: rest, ended: false }];
}
