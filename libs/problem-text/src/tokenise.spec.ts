import fc from 'fast-check';
import { tokenise } from './tokenise.js';

const kinds = (text: string) => tokenise(text).map((token) => `${token.kind} ${token.text}`);

describe('tokenise', () => {
  test.each([
    ['12', 'integer', 12],
    ['0.35', 'decimal', 0.35],
    ['3/4', 'fraction', { whole: 0, numerator: 3, denominator: 4 }],
    ['3 / 4', 'fraction', { whole: 0, numerator: 3, denominator: 4 }],
    ['2 3/4', 'mixed', { whole: 2, numerator: 3, denominator: 4 }],
    ['□/4', 'blankFraction', undefined],
    ['3/□', 'blankFraction', undefined],
    ['( )', 'blank', undefined],
    ['cm²', 'unit', undefined],
    ['㉠', 'label', undefined],
    ['③', 'option', undefined],
    ['△', 'symbol', undefined],
    ['ㄱㄴ', 'jamo', undefined],
    ['ABC', 'latin', undefined],
  ])('%s is one %s with its value', (text, kind, value) => {
    expect(tokenise(text)).toEqual([{ kind, text, start: 0, end: text.length, value }]);
  });

  test('a sum with units is read part by part', () => {
    expect(kinds('3 m 20 cm + 1.5kg = □?')).toEqual(['integer 3', 'unit m', 'integer 20', 'unit cm', 'operator +', 'decimal 1.5', 'unit kg', 'operator =', 'blank □', 'punctuation ?']);
  });

  test('a letter behind a unit makes it a word', () => {
    expect(kinds('5 mx')).toEqual(['integer 5', 'latin mx']);
  });

  test('a hidden digit stands between its neighbours', () => {
    expect(kinds('7□15')).toEqual(['integer 7', 'blank □', 'integer 15']);
  });

  test('a third number after a fraction bar makes no fraction of three', () => {
    expect(kinds('1/2/3')).toEqual(['blankFraction 1/2', 'punctuation /', 'integer 3']);
  });

  test('an emoji is one token of its two code units', () => {
    expect(tokenise('🍎3')).toEqual([
      { kind: 'punctuation', text: '🍎', start: 0, end: 2, value: undefined },
      { kind: 'integer', text: '3', start: 2, end: 3, value: 3 },
    ]);
  });

  test('an endless number is only very large', () => {
    expect(tokenise('9'.repeat(400))[0].value).toBe(1e15);
  });

  test('tokens lie in order, within the text, and hold what stands there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let from = 0;
        for (const token of tokenise(text)) {
          expect(token.start).toBeGreaterThanOrEqual(from);
          expect(token.text).toBe(text.slice(token.start, token.end));
          from = token.end;
        }
        expect(from).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
