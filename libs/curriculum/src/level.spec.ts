import { formatStandardLevel, parseStandardLevel } from './level.js';
import { category, gradeBandOf, type Standard } from './standard.js';

describe('a standard with its level', () => {
  test('is written as the product publishes it', () => {
    expect(formatStandardLevel('2수01-01', 'A')).toBe('[2수01-01-A]');
  });

  test.each([
    ['[2수01-01-A]', { code: '2수01-01', level: 'A' }],
    ['2수01-01-C', { code: '2수01-01', level: 'C' }],
    ['2수01-01', { code: '2수01-01' }],
    ['[2수01-01]', { code: '2수01-01' }],
    ['[4수01-05] 나눗셈의 의미를 알고', { code: '4수01-05' }],
    ['[4수01-05]나눗셈의 의미를 알고', { code: '4수01-05' }],
    [' [ 6수03-19-B ] ', { code: '6수03-19', level: 'B' }],
    ['［２수０１-０１-Ａ］', { code: '2수01-01', level: 'A' }],
    ['[2수01-01-A]'.normalize('NFD'), { code: '2수01-01', level: 'A' }],
  ])('%s is read', (written, expected) => {
    expect(parseStandardLevel(written)).toEqual(expected);
  });

  test.each(['', ' ', '수01-01', '2수1-1', '2수01-01-D', '2수01-01-1', '2수01-01-00', '2수01-011', '2수01-01-AB', '2수01-01가', '문제 2수01-01'])('%j is refused', (written) => {
    expect(parseStandardLevel(written)).toBeUndefined();
  });
});

test('a label names domain, unit and standard with level in Korean', () => {
  const standard: Standard = { code: '6수02-03', domain: '변화와 관계', unit: '비와 비율', gradeBand: '5-6', statement: '비율을 이해한다.', semesters: ['6-1'] };
  expect(category(standard, 'B')).toEqual({ 대분류: '변화와 관계', 중분류: '비와 비율', '하위 분류': '[6수02-03-B]' });
});

test('a semester belongs to the band of its school year', () => {
  expect([gradeBandOf('1-1'), gradeBandOf('2-2'), gradeBandOf('3-1'), gradeBandOf('4-2'), gradeBandOf('5-1'), gradeBandOf('6-2')]).toEqual(['1-2', '1-2', '3-4', '3-4', '5-6', '5-6']);
});
