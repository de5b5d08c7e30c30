import { LEVEL_BLOCKS, levelHashes } from './level-hashes.js';
import { BLOCKS } from './training-set.js';

/** One hash a block, named by its position. */
const hashes = BLOCKS.map((_, position) => Uint32Array.of(100 + position));

describe('what a level is read from', () => {
  test('the blocks c, m, l and q as they are, then l and m joined with the standard', () => {
    const blocks = levelHashes(hashes, 3);
    expect(blocks).toHaveLength(LEVEL_BLOCKS.length);
    expect(blocks.slice(0, 4)).toEqual((['c', 'm', 'l', 'q'] as const).map((block) => hashes[BLOCKS.indexOf(block)]));
    expect(blocks.slice(4).map(({ length }) => length)).toEqual([2, 2]);
  });

  test('no two standards and no two blocks share a conjunction, and the standard alone is one', () => {
    const joined = Array.from({ length: 121 }, (_, standard) => levelHashes(hashes, standard).slice(4).flatMap((block) => [...block])).flat();
    expect(new Set(joined).size).toBe(121 * 4);
  });

  test('the same text under the same standard has the same conjunctions', () => {
    expect(levelHashes(hashes, 5)).toEqual(levelHashes(hashes, 5));
  });
});
