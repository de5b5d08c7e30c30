import { coarseClass, type Fraction, isNumber, type Token, type TokenKind } from '@math-labeler/problem-text';

/** A part of a written calculation: an operand with its unit, an operator or a bracket. */
export interface Term {
  readonly kind: TokenKind;
  readonly text: string;
  /** How it reads in features: `i2cm` for 35 cm, `□`, `㉠` for any label, `+`. */
  readonly sign: string;
  readonly value: number | Fraction | undefined;
  readonly hasUnit: boolean;
}

export type Expression = readonly Term[];

/** The calculations in a text: longest runs of operands (a unit after a number or blank belongs to it), operators and brackets. */
export function expressionsIn(tokens: readonly Token[]): Expression[] {
  const expressions: Expression[] = [];
  let current: Term[] = [];
  let operators = 0;
  const close = () => {
    if (operators > 0 && current.length > 1) expressions.push(current);
    if (current.length > 0) current = [];
    operators = 0;
  };
  for (const token of tokens) {
    const last = current.at(-1);
    if (token.kind === 'unit' && last !== undefined && takesUnit(last)) {
      current[current.length - 1] = { ...last, sign: last.sign + token.text, hasUnit: true };
    } else if (isPart(token)) {
      current.push({ kind: token.kind, text: token.text, sign: signOf(token), value: token.value, hasUnit: false });
      if (token.kind === 'operator') operators++;
    } else close();
  }
  close();
  return expressions;
}

function takesUnit(term: Term): boolean {
  if (term.hasUnit) return false;
  return term.kind === 'blank' || isNumberKind(term.kind);
}

function isPart(token: Token): boolean {
  switch (token.kind) {
    case 'blank':
    case 'operator':
    case 'bracket':
    case 'symbol':
    case 'label':
      return true;
    default:
      return isNumber(token);
  }
}

function signOf(token: Token): string {
  if (isNumber(token)) return coarseClass(token);
  return token.kind === 'blank' ? '□' : token.kind === 'label' ? '㉠' : token.text;
}

/** Whether a term of this kind is a number. */
export function isNumberKind(kind: TokenKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'fraction' || kind === 'mixed' || kind === 'blankFraction';
}

export function isArithmetic(term: Term): boolean {
  return term.kind === 'operator' && '+-×÷'.includes(term.text);
}
