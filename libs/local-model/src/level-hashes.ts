import { finish } from './features/hashing.js';
import { BLOCKS } from './training-set.js';

/** The blocks that a level is read from, in the order of `levelHashes`. */
export const LEVEL_BLOCKS = ['c', 'm', 'l', 'q', 'kl', 'km'] as const;

const OF_TEXT = (['c', 'm', 'l', 'q'] as const).map((block) => BLOCKS.indexOf(block));
const WITH_STANDARD = (['l', 'm'] as const).map((block) => BLOCKS.indexOf(block));

/** The features of a text for its level, once its standard (by position) is decided. `hashes`: as `hashedBlocks(problem, BLOCKS)` gives them. */
export function levelHashes(hashes: readonly Uint32Array[], standard: number): Uint32Array[] {
  return [...OF_TEXT.map((position) => hashes[position]), ...conjunctions(hashes, standard)];
}

/** The blocks `kl` and `km`: every feature of l and m joined with the standard, and the standard alone. */
export function conjunctions(hashes: readonly Uint32Array[], standard: number): Uint32Array[] {
  return WITH_STANDARD.map((position, block) => {
    const seed = finish(Math.imul(standard + 1, 0x9e3779b1) + block);
    const joined = new Uint32Array(hashes[position].length + 1);
    joined[0] = seed;
    hashes[position].forEach((hash, i) => (joined[i + 1] = finish(hash ^ seed)));
    return joined;
  });
}
