import { analyse } from '@math-labeler/problem-text';
import { blockFeatures } from './blocks.js';

const structure = (text: string) => blockFeatures(analyse(text), 's');

describe('structure (block s)', () => {
  test('cue words meet the kinds of numbers', () => {
    expect(structure('2/3와 3/4의 크기를 비교하세요.')).toEqual(
      expect.arrayContaining(['K:cmp', 'C:cmp|fr!=', 'C:cmp|F', 'Gmain:fr!=', 'Gden:!=', 'AR:cmp', 'AR:cmp|fr!=|2', 'OPT:no']),
    );
  });

  test('options and figures are not read for cue words', () => {
    const features = structure('[그림: 남은 사과] 알맞은 것을 골라 보세요. ① 더하기 ② 빼기');
    expect(features.filter((feature) => feature.startsWith('K:'))).toEqual([]);
    expect(features).toContain('OPT:circ');
  });

  test('a sum in the options counts where the body has no number', () => {
    expect(structure('합이 가장 큰 것을 고르세요. ① 15 + 7 ② 14 + 6')).toContain('Gmain:i2i2');
  });

  test.each([
    ['120, 130, □, 150', ['SEQ', 'SEQ,', 'STEP:pow10', 'SEQ:i3']],
    ['3 - 6 - 9 - 12', ['SEQ-', 'STEP:small']],
    ['2 → 4 → 8 → 16', ['SEQ→', 'STEP:ratio']],
    ['1, 4, 9, 16', ['STEP:none']],
    ['7, 8, 9, 10', ['STEP:1', 'STEPD:STEP:1:i2']],
  ])('%s is a sequence', (text, has) => {
    expect(structure(text)).toEqual(expect.arrayContaining(has));
  });

  test.each([
    ['3 m 20 cm = □ cm', 'CV:mcm>cm'],
    ['2 kg은 □ g입니다', 'CV:kg>g'],
    ['1시간은 □분', 'CV:시간>분'],
  ])('%s is a conversion', (text, feature) => {
    expect(structure(text)).toContain(feature);
  });

  test('ordinals are not numbers to work with; a hidden digit belongs to its number', () => {
    expect(structure('3학년 2번째 학생')).toContain('Gkinds:none');
    expect(structure('7□15의 □를 찾으세요.')).toEqual(expect.arrayContaining(['DIGBLANK', 'Gmain:i4']));
  });
});
