import { questionOf, removeFigures, splitBody, withoutFigures } from './segments.js';

describe('figures', () => {
  test('a described figure leaves a space', () => {
    expect(removeFigures('[그림: 사과 7개] 수를 세어 보세요.')).toBe('  수를 세어 보세요.');
  });

  test.each(['[ab] 두 글자', '[그림: 닫히지 않음', '[그림\n] 줄이 바뀜', '괄호 없음'])('%j has none and stays', (text) => {
    expect(removeFigures(text)).toBe(text);
  });

  test('where next to nothing else is left, the figure is the text', () => {
    expect(withoutFigures('[그림: 6 + 7] = □')).toBe('[그림: 6 + 7] = □');
  });

  test('a text of nothing but openings is read once', () => {
    const before = performance.now();
    removeFigures('['.repeat(100_000));
    removeFigures('[[a\n'.repeat(25_000));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('body and options', () => {
  test.each([
    ['36 + 25는 얼마입니까? ① 51 ② 61', '36 + 25는 얼마입니까? ', '① 51 ② 61'],
    ['옳은 것을 고르세요.\n㉠ 3은 홀수 ㉡ 4는 홀수', '옳은 것을 고르세요.', '\n㉠ 3은 홀수 ㉡ 4는 홀수'],
    ['㉠과 ㉡의 합을 구하세요.', '㉠과 ㉡의 합을 구하세요.', ''],
    ['각 ㉠ 의 크기를 구하세요.', '각 ㉠ 의 크기를 구하세요.', ''],
    ['① 51 ② 61', '① 51 ② 61', ''],
  ])('%j', (text, body, options) => {
    expect(splitBody(text)).toEqual({ body, options });
  });

  test.each([
    ['사과가 7개 있습니다. 3개를 먹었습니다. 남은 사과는 몇 개입니까? ① 3 ② 4', '남은 사과는 몇 개입니까?'],
    ['[그림: 시계] 시각을 쓰세요.', '시각을 쓰세요.'],
    ['3 + 4', '3 + 4'],
  ])('the question of %j is its last sentence', (text, question) => {
    expect(questionOf(text).trim()).toBe(question);
  });
});
