import { analyse } from '@math-labeler/problem-text';
import fc from 'fast-check';
import { blockFeatures, type BlockName, consistentStandards, hashedBlocks, hashFeature } from './blocks.js';

const BLOCKS: readonly BlockName[] = ['c', 'w', 'm', 's', 'r', 'q', 'p', 'x', 'l'];
const STORY = '3과 1/4 L의 물이 있습니다. 2/3 L를 더 부었습니다. 모두 몇 L입니까?';

describe('blocks', () => {
  test.each<[BlockName, string[]]>([
    ['c', ['c1:ⓜ', 'c2:ⓜl', 'c3:ⓕl를']],
    ['w', ['c3:1/4', 'c3:2/3']],
    ['q', ['p2:모두', 'p1:몇', 'p3:입니까']],
    ['p', ['p2:물이', 'p3:부었습', 'p1:더']],
    ['x', ['ⓕL|fr!=', '모두|fr!=']],
    ['l', ['ns:3', 'ns>=3', 'nb:0', 'opt:00', 's:모두', 'k:add', 'm:fr!=', 'end:x', 'nofig']],
  ])('%s reads a story', (block, has) => {
    expect(blockFeatures(analyse(STORY), block)).toEqual(expect.arrayContaining(has));
  });

  test('the hashes are those of the readable features, each once, for any text', () => {
    const scraps = ['36', '1/2', ' + ', '□', '의 ', '모두 ', '①', '㉠', '[그림: 가] ', '.', '\n', 'cm', '🍎', '0.5', ',', '÷', '(', ')'];
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...scraps), { maxLength: 40 }).map((parts) => parts.join(''))), (raw) => {
        const problem = analyse(raw);
        const hashed = hashedBlocks(problem, BLOCKS);
        BLOCKS.forEach((block, i) => {
          expect([...hashed[i]].sort()).toEqual([...new Set(blockFeatures(problem, block).map((feature) => hashFeature(block, feature)))].sort());
        });
      }),
    );
  });

  test('blocks come in the order asked for', () => {
    const problem = analyse(STORY);
    const [maths, words] = hashedBlocks(problem, ['m', 'q']);
    expect(hashedBlocks(problem, ['q', 'm'])).toEqual([words, maths]);
  });

  test('an empty text names no standard', () => {
    expect(consistentStandards(analyse(''))).toEqual(new Set());
  });
});
