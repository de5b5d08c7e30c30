import { evaluate } from './evaluate.js';
import { type Judged } from './judged.js';
import { renderEvaluation } from './render-evaluation.js';
import { columns, padLeft, padRight, table } from './text-columns.js';

const branchOf = (code: string) => ({ domain: code.slice(0, 4), unit: code.slice(0, 4) });

/** A hundred problems, the last four of which are wrong and least sure. */
const hundred = Array.from({ length: 100 }, (_, i): Judged => {
  const code = i < 96 ? '4수01-10' : '4수01-11';
  return {
    gold: { codes: ['4수01-10'], level: 'A' },
    predicted: { code, level: i % 5 === 0 ? 'B' : 'A' },
    ranked: [code, '4수01-10', '4수01-12', '4수01-13', '4수01-14'],
    confidence: 1 - i / 200,
    levelConfidence: 0.8,
    accepted: i < 90,
  };
});
const evaluation = evaluate(hundred, { branchOf, areConfusable: () => true });

describe('columns of a terminal', () => {
  test('Hangul takes two columns', () => {
    expect([columns('성취기준'), columns('A 수준'), columns('▁█│'), columns('')]).toEqual([8, 6, 3, 0]);
    expect([padRight('수', 4), padLeft('수', 4)]).toEqual(['수  ', '  수']);
  });

  test('Korean and Latin cells of a table line up', () => {
    expect(table([['성취기준', '97.5 %'], ['ECE', '1 %']])).toEqual(['성취기준  97.5 %', 'ECE          1 %']);
  });
});

describe('evaluation in the terminal', () => {
  test('the Korean summary says each figure with its interval and count', () => {
    const lines = renderEvaluation(evaluation, { language: 'ko' }).split('\n');
    expect(lines.slice(0, 2)).toEqual([
      '                                값      95 % 구간  문제',
      '성취기준                    96.0 %    90.2 – 98.4   100',
    ]);
    expect(lines).toContain('자동 확정 비율              90.0 %    82.6 – 94.5   100');
    expect(lines).toContain('자동 확정 중 오류            0.0 %      0.0 – 4.1    90');
  });

  test('the English one has the same figures', () => {
    const lines = renderEvaluation(evaluation, { language: 'en' }).split('\n');
    expect(lines[1]).toMatch(/^standard {2,}96\.0 % {2,}90\.2 – 98\.4 {2,}100$/);
    expect(lines.slice(-3)).toEqual([
      'Standards most confused',
      '  same unit 4, same domain 0, other domain 0, listed 4',
      '  4수01-10 / 4수01-11  same unit, listed  4  (4 + 0)',
    ]);
  });

  test('the picture stays empty up to 96 % coverage and then rises to the full error', () => {
    const lines = renderEvaluation(evaluation, { language: 'en' }).split('\n');
    const base = lines.findIndex((line) => line.includes('└'));
    const plot = lines.slice(base - 8, base).map((line) => line.slice(line.indexOf('│') + 1));
    expect(plot[0]).toBe(`${' '.repeat(70)}█`);
    expect(plot[7].indexOf('█')).toBe(68);
    expect(lines[base - 8]).toMatch(/^ {2}4\.0 % │/);
    expect(lines[base + 1]).toMatch(/^ +0 % +25 % +50 % +75 % +100 %$/);
  });

  test.each(['ko', 'en'] as const)('no line is wider than the terminal (%s)', (language) => {
    for (const width of [60, 80, 200]) {
      const widest = Math.max(...renderEvaluation(evaluation, { language, width }).split('\n').map(columns));
      expect(widest).toBeLessThanOrEqual(Math.min(80, width));
    }
  });

  test('without problems it says so', () => {
    expect(renderEvaluation(evaluate([], { branchOf }), { language: 'ko' })).toBe('평가할 문제가 없습니다.');
  });
});
