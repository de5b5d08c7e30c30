/** A fraction or mixed number as written, not reduced. */
export interface Fraction {
  readonly whole: number;
  readonly numerator: number;
  readonly denominator: number;
}

interface Span {
  /** As written in the normalised text. */
  readonly text: string;
  /** Offsets into the normalised text, in UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface WholeNumberToken extends Span {
  readonly kind: 'integer' | 'decimal';
  readonly value: number;
}

export interface FractionToken extends Span {
  readonly kind: 'fraction' | 'mixed';
  readonly value: Fraction;
}

/** `□/4`, `3/□`: a fraction to be completed. */
export interface BlankFractionToken extends Span {
  readonly kind: 'blankFraction';
  readonly value: undefined;
}

export type NumberToken = WholeNumberToken | FractionToken | BlankFractionToken;

export type WordKind = 'unit' | 'blank' | 'operator' | 'bracket' | 'option' | 'label' | 'symbol' | 'hangul' | 'jamo' | 'latin' | 'newline' | 'punctuation';

/** Everything that is not a number. */
export interface WordToken extends Span {
  readonly kind: WordKind;
  readonly value: undefined;
}

export type Token = NumberToken | WordToken;
export type TokenKind = Token['kind'];

/** Whether the token is a number, complete or with a blank in it. */
export function isNumber(token: Token): token is NumberToken {
  switch (token.kind) {
    case 'integer':
    case 'decimal':
    case 'fraction':
    case 'mixed':
    case 'blankFraction':
      return true;
    default:
      return false;
  }
}
