/** The text of one element of a JSON array; `text` is absent where it was longer than allowed and has been let go. */
export interface Element {
  readonly line: number;
  readonly text?: string;
}

/**
 * Cuts a JSON array, handed over in pieces, into the texts of its elements without judging them, so that one broken element
 * spoils no other and an array of any length is read in flat memory.
 */
export class JsonArrayCutter {
  private state: 'before' | 'inside' | 'after' = 'before';
  private depth = 0;
  private inString = false;
  private escaped = false;
  private line: number;
  private element: { line: number; text: string; length: number } | undefined;
  /** Something other than white space behind the array. */
  private leftover: number | undefined;

  constructor(
    private readonly limit: number,
    firstLine = 1,
  ) {
    this.line = firstLine;
  }

  /** Whether the closing bracket has been read. */
  get closed(): boolean {
    return this.state === 'after';
  }

  /** The line behind the array on which something else stands. */
  get leftoverLine(): number | undefined {
    return this.leftover;
  }

  push(piece: string): Element[] {
    const done: Element[] = [];
    let start = 0;
    for (let index = 0; index < piece.length; index += 1) {
      const unit = piece.charCodeAt(index);
      if (unit === 10) this.line += 1;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (unit === 92) this.escaped = true;
        else if (unit === 34) this.inString = false;
      } else if (this.state === 'inside') {
        const closes = unit === 93 || unit === 125;
        if (this.depth === 0 && (unit === 44 || closes)) {
          this.keep(piece, start, index);
          if (this.element !== undefined || unit === 44) done.push(this.cut());
          if (closes) this.state = 'after';
        } else if (unit > 32) {
          if (this.element === undefined) {
            this.element = { line: this.line, text: '', length: 0 };
            start = index;
          }
          if (unit === 34) this.inString = true;
          else if (unit === 91 || unit === 123) this.depth += 1;
          else if (closes) this.depth -= 1;
        }
      } else if (this.state === 'before') {
        if (unit === 91) this.state = 'inside';
      } else if (unit > 32) {
        this.leftover ??= this.line;
      }
    }
    this.keep(piece, start, piece.length);
    return done;
  }

  /** What the text ended in the middle of. */
  end(): Element[] {
    return this.element === undefined ? [] : [this.cut()];
  }

  private keep(piece: string, start: number, end: number): void {
    if (this.element === undefined) return;
    this.element.length += end - start;
    this.element.text = this.element.length > this.limit ? '' : this.element.text + piece.slice(start, end);
  }

  private cut(): Element {
    const { line, text, length } = this.element ?? { line: this.line, text: '', length: 0 };
    this.element = undefined;
    return length > this.limit ? { line } : { line, text };
  }
}
