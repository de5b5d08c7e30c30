import { type Fraction, type Token, type TokenKind, type WordKind } from './token.js';

const UNIT = /(?:km²|cm²|m²|cm³|m³|mm³|mm|cm|km|kg|mg|mL|ml|kL|dL|[mgtLl])(?![A-Za-z])/y;
const LATIN = /[A-Za-z]+/y;
const MIXED_REST = /\s(\d+)\/(\d+)(?![\d/])/y;
const FRACTION_REST = /\s*\/\s*(\d+)(?![\d/])/y;
const BLANK_FRACTION_REST = /\s*\/\s*[\d□]+/y;
const DECIMAL_REST = /\.\d+/y;
const EMPTY_BRACKETS = /\(\s\)/y;
const WORD_CHARACTER = /^[\p{L}\p{N}_]$/u;
const SPACE = /\s/;

const BLANK = '□'.charCodeAt(0);
const OPENING = '('.charCodeAt(0);
const KINDS = singleCharacterKinds();

/** Longest numbers whose value is told exactly; longer ones only count as very large. */
const MAX_DIGITS = 15;

/**
 * The typed tokens of a normalised text, in order. Spaces and stray word characters (²,  ⑪) are between tokens, not tokens.
 * Linear in the length of the text.
 */
export function tokenise(text: string): Token[] {
  return new Scanner(text).scan();
}

class Scanner {
  private readonly tokens: Token[] = [];
  /** End of the run of digits and blanks last looked at, and of the fraction that follows it (-1: none). */
  private runEnd = 0;
  private runFractionEnd = -1;

  constructor(private readonly text: string) {}

  scan(): Token[] {
    const { text } = this;
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 32) at++;
      else if (isHangul(code)) at = this.word('hangul', at, this.endOf(at, isHangul));
      else if (isDigit(code)) at = this.number(at);
      else if (code === BLANK) at = this.blank(at);
      else at = this.other(at, code);
    }
    return this.tokens;
  }

  private other(at: number, code: number): number {
    const kind = KINDS.get(code);
    if (kind !== undefined) {
      if (code === OPENING) {
        const end = this.match(EMPTY_BRACKETS, at);
        if (end >= 0) return this.word('blank', at, end);
      }
      return this.word(kind, at, at + 1);
    }
    if (isLatin(code)) {
      const unit = this.match(UNIT, at);
      return unit >= 0 ? this.word('unit', at, unit) : this.word('latin', at, this.match(LATIN, at));
    }
    if (isJamo(code)) return this.word('jamo', at, this.endOf(at, isJamo));
    const point = this.text.codePointAt(at)!;
    const char = String.fromCodePoint(point);
    const end = at + char.length;
    return SPACE.test(char) || WORD_CHARACTER.test(char) ? end : this.word('punctuation', at, end);
  }

  private number(at: number): number {
    const { text } = this;
    const digitsEnd = this.endOf(at, isDigit);
    MIXED_REST.lastIndex = digitsEnd;
    const mixed = MIXED_REST.exec(text);
    const first = numberValue(text.slice(at, digitsEnd));
    if (mixed) {
      const value = { whole: first, numerator: numberValue(mixed[1]), denominator: numberValue(mixed[2]) };
      return this.push('mixed', at, MIXED_REST.lastIndex, value);
    }
    FRACTION_REST.lastIndex = digitsEnd;
    const fraction = FRACTION_REST.exec(text);
    if (fraction) return this.push('fraction', at, FRACTION_REST.lastIndex, { whole: 0, numerator: first, denominator: numberValue(fraction[1]) });
    const blankFraction = this.blankFractionEnd(at);
    if (blankFraction >= 0) return this.push('blankFraction', at, blankFraction, undefined);
    const decimal = this.match(DECIMAL_REST, digitsEnd);
    if (decimal >= 0) return this.push('decimal', at, decimal, Number(text.slice(at, decimal)));
    return this.push('integer', at, digitsEnd, first);
  }

  private blank(at: number): number {
    const fraction = this.blankFractionEnd(at);
    return fraction >= 0 ? this.push('blankFraction', at, fraction, undefined) : this.word('blank', at, at + 1);
  }

  /** The end of `[digits and blanks] / [digits and blanks]` from here, or -1. The same for every place in one run. */
  private blankFractionEnd(at: number): number {
    if (at >= this.runEnd) {
      this.runEnd = this.endOf(at, isDigitOrBlank);
      this.runFractionEnd = this.match(BLANK_FRACTION_REST, this.runEnd);
    }
    return this.runFractionEnd;
  }

  private endOf(at: number, belongs: (code: number) => boolean): number {
    let end = at + 1;
    while (end < this.text.length && belongs(this.text.charCodeAt(end))) end++;
    return end;
  }

  private match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(this.text) ? pattern.lastIndex : -1;
  }

  private word(kind: WordKind, start: number, end: number): number {
    return this.push(kind, start, end, undefined);
  }

  private push(kind: TokenKind, start: number, end: number, value: number | Fraction | undefined): number {
    // One literal for all kinds keeps the tokens of one shape, which the reading code is fast on.
    this.tokens.push({ kind, text: this.text.slice(start, end), start, end, value } as Token);
    return end;
  }
}

function numberValue(digits: string): number {
  return digits.length > MAX_DIGITS ? 10 ** MAX_DIGITS : Number(digits);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isDigitOrBlank(code: number): boolean {
  return isDigit(code) || code === BLANK;
}

function isHangul(code: number): boolean {
  return code >= 0xac00 && code <= 0xd7a3;
}

function isJamo(code: number): boolean {
  return code >= 0x3131 && code <= 0x318e;
}

function isLatin(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function singleCharacterKinds(): ReadonlyMap<number, WordKind> {
  const kinds = new Map<number, WordKind>([[10, 'newline']]);
  const add = (kind: WordKind, chars: string) => [...chars].forEach((char) => kinds.set(char.charCodeAt(0), kind));
  add('operator', '+-×÷=<>:%°~→…');
  add('bracket', '()');
  add('option', '①②③④⑤⑥⑦⑧⑨⑩');
  add('symbol', '○△☆◇▽●▲★◆▼◎♥♡♠♣');
  for (let code = 0x3260; code <= 0x327b; code++) kinds.set(code, 'label');
  for (let code = 0x24d0; code <= 0x24e9; code++) kinds.set(code, 'label');
  return kinds;
}
