import { createHash } from 'node:crypto';

const HEAD = 3000;
const TAIL = 1000;

/**
 * Marks text from outside as data: between two lines whose mark none of the texts holds (spotlighting by delimiters,
 * https://arxiv.org/abs/2403.14720), so that whoever wrote them could not end it. What looks like such a line is written otherwise.
 */
export class Spotlight {
  private readonly mark: string;

  /** @param texts everything that will be marked */
  constructor(texts: readonly string[]) {
    this.mark = markFor(texts.map(visible));
  }

  get opening(): string {
    return `<자료 ${this.mark}>`;
  }

  on(text: string): string {
    return `${this.opening}\n${visible(text)}\n</자료 ${this.mark}>`;
  }
}

/** The same for the same texts, and in none of them, however they were made. */
function markFor(texts: readonly string[]): string {
  for (let round = 0; ; round++) {
    const mark = createHash('sha256').update(JSON.stringify([round, ...texts])).digest('hex').slice(0, 8);
    if (texts.every((text) => !text.includes(mark))) return mark;
  }
}

/**
 * Plain visible text: without control and format characters (bidirectional overrides, zero-width, tags) and those that are not shown, without the
 * middle of what is very long, and with no line that could be taken for a mark.
 */
export function visible(text: string): string {
  const plain = text
    .replace(/[^\P{C}\n]|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[<＜‹〈«](?=\s*\/?\s*자료)/g, '〈')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return plain.length <= HEAD + TAIL ? plain : whole(`${plain.slice(0, HEAD)}\n(가운데 줄임)\n${plain.slice(-TAIL)}`);
}

/** Without the halves of characters that a cut has left. */
export function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '');
}
