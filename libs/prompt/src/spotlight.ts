import { createHash } from 'node:crypto';

const HEAD = 3000;
const TAIL = 1000;

/**
 * Marks text from outside as data: between two lines that nobody outside can write, since they hold a digest of the text itself
 * (spotlighting by delimiters, https://arxiv.org/abs/2403.14720). What can change how text is shown, or hide it, is taken out.
 */
export class Spotlight {
  private readonly mark: string;

  /** @param texts everything that will be marked */
  constructor(texts: readonly string[]) {
    this.mark = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 8);
  }

  get opening(): string {
    return `<자료 ${this.mark}>`;
  }

  on(text: string): string {
    return `${this.opening}\n${visible(text)}\n</자료 ${this.mark}>`;
  }
}

/** Plain visible text: no control and format characters (bidirectional overrides, zero-width, tags), and not the middle of what is very long. */
export function visible(text: string): string {
  const plain = text.replace(/[^\P{C}\n]/gu, '').replace(/\n{3,}/g, '\n\n').trim();
  return plain.length <= HEAD + TAIL ? plain : `${plain.slice(0, HEAD)}\n(가운데 줄임)\n${plain.slice(-TAIL)}`;
}
