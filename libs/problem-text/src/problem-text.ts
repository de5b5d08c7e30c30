import { normalise } from './normalise.js';
import { type Body, questionOf, removeFigures, splitBody, withoutFigures } from './segments.js';
import { type Token } from './token.js';
import { tokenise } from './tokenise.js';

/**
 * A problem's text and its parts, each worked out once, when it is first asked for. Shared by everything that reads the
 * problem, so that nothing is normalised or tokenised twice.
 */
export class ProblemText {
  private tokensOnce?: Token[];
  private figureless?: string;
  private readableOnce?: string;
  private bodyOnce?: Body;
  private questionOnce?: string;

  /** @param text the normalised text */
  constructor(readonly raw: string, readonly text: string) {}

  get tokens(): readonly Token[] {
    return (this.tokensOnce ??= tokenise(this.text));
  }

  /** Without figure descriptions, however little is left. */
  get withoutFigures(): string {
    return (this.figureless ??= removeFigures(this.text));
  }

  /** Without figure descriptions, unless next to nothing would be left: then the whole text. */
  get prose(): string {
    return (this.readableOnce ??= this.withoutFigures === this.text ? this.text : withoutFigures(this.text));
  }

  get body(): string {
    return this.segments.body;
  }

  get options(): string {
    return this.segments.options;
  }

  /** The last sentence of the body. */
  get question(): string {
    return (this.questionOnce ??= questionOf(this.text));
  }

  private get segments(): Body {
    return (this.bodyOnce ??= splitBody(this.prose));
  }
}

/** Reads a problem as it came from a file; everything else follows lazily. */
export function analyse(raw: string): ProblemText {
  return new ProblemText(raw, normalise(raw));
}
