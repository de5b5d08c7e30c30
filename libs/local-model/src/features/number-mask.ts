import { fineClass, isNumber, type NumberToken, type Token } from '@math-labeler/problem-text';

const INTEGER_MARKS: Readonly<Record<string, string>> = {
  i0: 'ⁿ', i1: '➀', i10: '➉', i20: '➁', i2: '➁', i2r: '➁', i100: '➂', i3: '➂', i3r: '➂', i3t: '➂', i4: '➃', i4r: '➃', i5: '➄', i5r: '➄',
};

/** A text with each number replaced by a mark for its type, so that character n-grams see `➁×➀`, not `24×3`. */
export function maskNumbers(text: string, tokens: readonly Token[]): string {
  let masked = '';
  let from = 0;
  for (const token of tokens) {
    if (!isNumber(token)) continue;
    masked += text.slice(from, token.start) + markOf(token);
    from = token.end;
  }
  return from === 0 ? text : masked + text.slice(from);
}

function markOf(number: NumberToken): string {
  const fine = fineClass(number);
  if (number.kind === 'integer') return INTEGER_MARKS[fine];
  if (number.kind === 'decimal') return `ⓓ${fine[1]}`;
  return number.kind === 'mixed' ? 'ⓜ' : 'ⓕ';
}
