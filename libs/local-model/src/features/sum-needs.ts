import { digitsClass, type Fraction, type TokenKind } from '@math-labeler/problem-text';
import { type Term } from './expressions.js';

/** What a calculation of two operands needs: carrying, borrowing, a remainder, the times table, like denominators. */
export function sumNeeds(left: Term, operator: string, right: Term): string[] {
  const needs: string[] = [];
  if (left.kind === 'integer' && right.kind === 'integer') needs.push(...wholeNumberNeeds(left.value as number, operator, right.value as number));
  const fractionLeft = fractionOf(left);
  const fractionRight = fractionOf(right);
  if (fractionLeft && fractionRight) needs.push(`FR${operator}${fractionLeft.denominator === fractionRight.denominator ? 'same' : 'diff'}`);
  if (left.kind === 'decimal' || right.kind === 'decimal') needs.push(`DEC${operator}`);
  if ((fractionLeft === undefined) !== (fractionRight === undefined)) needs.push(`FRMIX${operator}:${letterOf(left.kind)}${letterOf(right.kind)}`);
  return needs;
}

function wholeNumberNeeds(a: number, operator: string, b: number): string[] {
  switch (operator) {
    case '+': {
      const sum = a + b;
      const size = sum <= 9 ? '<=9' : sum <= 18 ? '<=18' : sum <= 100 ? '<=100' : '>100';
      return [carries(a, b) ? 'CARRY' : 'NOCARRY', `SUM:${digitsClass(sum)}`, `SUM${size}`];
    }
    case '-':
      return a < b ? [] : [borrows(a, b) ? 'BORROW' : 'NOBORROW'];
    case '×':
      return [a <= 9 && b <= 9 ? 'TIMESTABLE' : 'BIGMUL', `PROD:${digitsClass(a * b)}`];
    case '÷': {
      if (b === 0) return [];
      const exact = a % b === 0;
      return [exact ? 'EXACT' : 'REMAINDER', exact && b <= 9 && a / b <= 9 ? 'DIVTABLE' : 'BIGDIV', a < b ? 'DIV>' : 'DIV<'];
    }
    default:
      return [];
  }
}

function carries(a: number, b: number): boolean {
  for (; a > 0 && b > 0; a = Math.floor(a / 10), b = Math.floor(b / 10)) if ((a % 10) + (b % 10) >= 10) return true;
  return false;
}

function borrows(a: number, b: number): boolean {
  for (; b > 0; a = Math.floor(a / 10), b = Math.floor(b / 10)) if (a % 10 < b % 10) return true;
  return false;
}

function fractionOf(term: Term): Fraction | undefined {
  return term.kind === 'fraction' || term.kind === 'mixed' ? (term.value as Fraction) : undefined;
}

/** First letters as the model's feature strings have them; a bracket is a parenthesis. */
function letterOf(kind: TokenKind): string {
  return kind === 'bracket' ? 'p' : kind[0];
}
