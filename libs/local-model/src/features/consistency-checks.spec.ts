import { analyse } from '@math-labeler/problem-text';
import { blockFeatures, consistentStandards } from './blocks.js';

const standards = (text: string) => [...consistentStandards(analyse(text))].sort();

/** The codes are those of the 2022 national curriculum: which standard holds which operation, kind of number and unit. */
describe('standards consistent with what is written', () => {
  test.each([
    ['2/3 + 1/4 = □', ['6수01-08']],
    ['2/5 + 1/5 = □', ['4수01-15']],
    ['3/4 × 2/3 = □', ['6수01-09']],
    ['4/5 ÷ 2 = □', ['6수01-11']],
    ['0.7 + 0.25 = □', ['4수01-16']],
    ['0.7 × 3 = □', ['6수01-13']],
    ['9.6 ÷ 0.8 = □', ['6수01-15']],
    ['345 + 278 = □', ['4수01-03']],
    ['27 + 35 - 12 = □', ['2수01-08']],
    ['27 + 35 = □', ['2수01-06', '2수01-07']],
    ['7 × 8 = □', ['2수01-10', '2수01-11']],
    ['24 × 13 = □', ['4수01-04']],
    ['42 ÷ 6 = □', ['4수01-05']],
    ['95 ÷ 4 = □', ['4수01-06']],
    ['95 ÷ 19 = □', ['4수01-07']],
    ['3 + 4 × 2 = □', ['6수01-01']],
    ['5/6과 7/8의 크기를 비교하세요.', ['6수01-07']],
    ['3 m 20 cm는 몇 cm입니까?', ['2수03-11']],
    ['3 L 200 mL는 몇 mL입니까?', ['4수03-18']],
    ['5 t은 몇 kg입니까?', ['4수03-22']],
    ['2:3 = 8:□ 비례식을 풀어 보세요.', ['6수02-04']],
    ['4512를 반올림하여 백의 자리까지 나타내세요.', ['6수01-03']],
    ['도형을 그려 보세요.', []],
  ])('%s', (text, codes) => {
    expect(standards(text)).toEqual(codes);
  });

  test('block r names them', () => {
    expect(blockFeatures(analyse('2/3 + 1/4 = □'), 'r')).toEqual(['R:6수01-08']);
  });
});
